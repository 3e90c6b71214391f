package outlook

import (
	"io"
	"slices"
)

const (
	pidFlags   = 0x0E07
	flagUnsent = 0x8
)

// messageObject reads a message and what stands below it.
func (s *Store) messageObject(n node) (*object, error) {
	o, h, err := s.object(n)
	if err != nil {
		return nil, err
	}
	if o.label = codepage(o.number(pidCodepage)); o.label == "" {
		o.label = codepage(o.number(pidInternetCode))
	}
	o.named = s.named
	o.recipients = func() ([]*object, error) { return s.people(h, o.label) }
	o.files = func() ([]*object, error) { return s.attachments(h, o.label) }
	return o, nil
}

// people reads the table of recipients.
func (s *Store) people(h *heap, label string) ([]*object, error) {
	n, ok := h.below[nodePeople]
	if !ok {
		return nil, nil
	}
	list, err := s.table(n)
	for _, o := range list {
		o.label = label
	}
	return list, err
}

// attachments reads the nodes of attachments, in the order of their numbers. With
// an error come those that can be read.
func (s *Store) attachments(h *heap, label string) ([]*object, error) {
	var ids []uint32
	for id := range h.below {
		if id&0x1F == kindAttachment {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	var out []*object
	var damage error
	for _, id := range ids {
		o, inner, err := s.object(h.below[id])
		if err != nil {
			damage = err
			continue
		}
		o.label = label
		if p := o.props[pidData]; p.kind == typeObject && o.number(pidMethod) == methodMessage {
			o.within = func() (*object, error) { return s.enclosed(inner, p) }
		}
		out = append(out, o)
	}
	return out, damage
}

// methodMessage says that an attachment is a message (MS-OXCMSG 2.2.2.9).
const methodMessage = 5

// enclosed is the message that an attachment is: its value names a node below.
func (s *Store) enclosed(h *heap, p property) (*object, error) {
	if p.open == nil {
		return nil, errHeap
	}
	r, err := p.open()
	if err != nil {
		return nil, err
	}
	b := make([]byte, 4)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, errHeap
	}
	n, ok := h.below[le32(b)]
	if !ok {
		return nil, errHeap
	}
	return s.messageObject(n)
}

// names reads the table of properties that have no fixed number (MS-PST 2.4.7).
func (s *Store) names() func(string, uint32) (uint16, bool) {
	none := func(string, uint32) (uint16, bool) { return 0, false }
	n, ok, err := s.node(nodeNames)
	if !ok || err != nil {
		return none
	}
	o, _, err := s.object(n)
	if err != nil {
		return none
	}
	const streamOfSets, streamOfEntries = 0x0002, 0x0003
	return namedIn(o.bytes(streamOfSets, maxValue), o.bytes(streamOfEntries, maxValue))
}
