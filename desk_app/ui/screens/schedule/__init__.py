"""The schedule: a day by rooms or clinicians, with C-arms and recovery bays beside."""
