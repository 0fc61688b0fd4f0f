package locales

// List writes items one after the other ("甲、乙、丙", "a, b and c"). No items give "".
func (s *Speaker) List(items []string) string {
	if len(items) == 0 {
		return ""
	}
	last := len(items) - 1
	list := items[last]
	for i := last - 1; i >= 0; i-- {
		if i == last-1 {
			list = s.format.two.put("First", items[i], "Second", list)
		} else {
			list = s.format.more.put("First", items[i], "Rest", list)
		}
	}
	return list
}
