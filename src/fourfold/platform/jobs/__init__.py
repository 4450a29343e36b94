"""Work that goes on after the answer: one effect per job, whoever is killed."""
