"""Word files: write a draft as .docx, read any .docx without loss, change one that people have edited.

Nothing is imported here: lxml and its kind are loaded by the module that needs them.
"""
