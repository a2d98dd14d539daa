"""One place for each document family; `html.document_job` is the way in."""
