-- drops records: reconciliation, reconciliation_comparison
drop table reconciliation_comparison;
drop table reconciliation;
