"""The canonical form of a strategy folder, written in one piece."""

from fourfold.folder.writing.observations_file import History, current_rows
from fourfold.folder.writing.write_folder import FolderOccupied, write_folder

__all__ = ["FolderOccupied", "History", "current_rows", "write_folder"]
