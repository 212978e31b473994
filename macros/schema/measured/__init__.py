"""What programs found out: the types of data/measured/. The lab writes them and the site reads them."""
