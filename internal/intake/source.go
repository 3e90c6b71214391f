package intake

// codeTooManyTables is the fault of a sheet with more tables or columns than the
// limits.
const codeTooManyTables = "too-many-tables"
