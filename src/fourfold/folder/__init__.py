"""Strategy folders: files in, frozen definitions and rows out, every problem with its file and line; and back."""

from fourfold.folder.canonical import canonical
from fourfold.folder.finding import Finding, FolderRefused, Level
from fourfold.folder.reading import FolderReading, Source, check_folder, read_folder
from fourfold.folder.writing import FolderOccupied, History, write_folder

__all__ = [
    "Finding",
    "FolderOccupied",
    "FolderReading",
    "FolderRefused",
    "History",
    "Level",
    "Source",
    "canonical",
    "check_folder",
    "read_folder",
    "write_folder",
]
