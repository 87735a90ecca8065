-- Nobody draws a number until this transaction ends.
LOCK TABLE ecg_ids IN SHARE ROW EXCLUSIVE MODE
