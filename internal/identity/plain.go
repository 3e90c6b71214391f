package identity

// Plain is a name without what its writing varies in (width, case, legal form,
// honorific): two names of one party that are equal so are the same for certain.
func Plain(kind Kind, name string) string { return formOf(kind, Entry{Name: name}).key }
