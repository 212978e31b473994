"""One file per framework: how it registers each capability of the contract."""
