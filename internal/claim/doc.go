// Package claim owns reasons: it recognises in a sentence, in Japanese and
// English, the 30 reasons that partners give for what did not happen
// (Recogniser), trains what recognition needs from the sentences of a playbook
// (Train), and checks a reason against the record (Check).
//
// The unit of suspicion is a sentence, never a person. The package refuses to
// guess who is right: supported and contradicted need facts at their stated
// minimum, everything else is not yet verifiable. It knows no word of a
// language and no threshold: those are content. It reaches no network and reads
// no clock; the same sentences make the same model, byte for byte.
package claim
