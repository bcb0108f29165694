"""The four writers: one document of blocks as a Word file, a PDF, a web page or a workbook."""
