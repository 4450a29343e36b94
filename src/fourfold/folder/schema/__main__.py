"""Write the published schemas into a directory: `python -m fourfold.folder.schema docs/schema`."""

import json
import sys
from pathlib import Path

from fourfold.folder.schema import PUBLISHED

if __name__ == "__main__":
    for name, schema in PUBLISHED.items():
        text = json.dumps(schema, indent=2, ensure_ascii=False)
        (Path(sys.argv[1]) / name).write_text(text + "\n", encoding="utf-8")
