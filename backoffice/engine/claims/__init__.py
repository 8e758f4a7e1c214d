"""What an award pays: five claim shapes that a scheme chooses by data, and the ledger over them."""
