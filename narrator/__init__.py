"""Statistical index reports in Chinese: from tables to a Word file in which every number can be checked."""

__version__ = "0.1.0"
