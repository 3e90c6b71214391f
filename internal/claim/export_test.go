package claim

// IsWriter reports whether a line says only who writes.
func IsWriter(line string) bool { return isWriter([]rune(line)) }
