"""Strategy folders: files in, frozen definitions and rows out, every problem with its file and line; and back."""

from fourfold.folder.finding import Finding, FolderRefused, Level
from fourfold.folder.reading import FolderReading, Source, check_folder, read_folder

__all__ = ["Finding", "FolderReading", "FolderRefused", "Level", "Source", "check_folder", "read_folder"]
