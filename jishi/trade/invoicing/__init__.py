"""Invoices 发票: what a buyer wants written on one, sealed; and which one a shop issued."""
