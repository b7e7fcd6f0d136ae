"""One file per revision, oldest number first; a file that was released is never changed."""
