"""What programs found out: the records of data/measured/. The lab builds and writes them, and the site reads them."""
