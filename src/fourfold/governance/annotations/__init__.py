"""What people say about the numbers: annotations, analyses, and judgements beside a computed status."""
