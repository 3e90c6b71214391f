package honne

// Meaning is what a column holds.
type Meaning string

// The meanings a column may have. Amounts and quantities of a series other
// than sales carry the series in front: plan_amount, stock_quantity.
const (
	MeaningUnknown Meaning = "unknown"
	MPeriod        Meaning = "period"
	MDate          Meaning = "date"
	MCustomerCode  Meaning = "customer_code" // 得意先: invoiced
	MCustomerName  Meaning = "customer_name"
	MShipToCode    Meaning = "ship_to_code" // 納入先
	MShipToName    Meaning = "ship_to_name"
	MEndUserCode   Meaning = "end_user_code" // 施設
	MEndUserName   Meaning = "end_user_name"
	MEndUserType   Meaning = "end_user_type" // 施設区分
	MBillToCode    Meaning = "bill_to_code"  // 請求先
	MBillToName    Meaning = "bill_to_name"
	MAddress       Meaning = "address" // 住所 of a party: its municipality is kept, where the row names the party
	MDepartment    Meaning = "department"
	MPerson        Meaning = "person" // a person's name: personal data, not kept
	MRegion        Meaning = "region"
	MBranch        Meaning = "branch"
	MProductCode   Meaning = "product_code"
	MProductName   Meaning = "product_name"
	MProductLine   Meaning = "product_line"
	MLot           Meaning = "lot"
	MExpiry        Meaning = "expiry"
	MRep           Meaning = "rep"
	MUnitName      Meaning = "unit"
	MCurrency      Meaning = "currency"
	MTax           Meaning = "tax"
	MUnitPrice     Meaning = "unit_price" // read, never kept: resale price
	MListPrice     Meaning = "list_price"
	MAmount        Meaning = "amount"
	MQuantity      Meaning = "quantity"
	MMeasureName   Meaning = "measure" // long tables with a measure a row
	MValue         Meaning = "value"
	MAgreedOn      Meaning = "agreed_on"
	MSegment       Meaning = "segment"
	MSource        Meaning = "source"
	MReason        Meaning = "reason"
	MNote          Meaning = "note"
	MPriceStatus   Meaning = "price_status"
	MRatio         Meaning = "ratio" // 達成率, 前年比, 構成比: derived, not kept
	MTotal         Meaning = "total" // a total across; used as a check
	MRowNumber     Meaning = "row_number"
	MDocument      Meaning = "document" // 伝票番号
	MCompetitor    Meaning = "competitor"
	MStatus        Meaning = "status"

	// Of lists that give no figures.
	MActivityKind   Meaning = "activity_kind"  // 活動区分: a visit, a demonstration
	MActivityCount  Meaning = "activity_count" // 件数: how many of them a row counts
	MJoint          Meaning = "joint"          // メーカー同行: whether we were there
	MDecisionMaker  Meaning = "decision_maker" // whether somebody who decides was met
	MFunction       Meaning = "function"       // 部署, 役職: of a person whose name is not kept
	MReach          Meaning = "reach"          // メール, 携帯: whether it is filled is kept, never what it says
	MCase           Meaning = "case"           // 案件名
	MProbability    Meaning = "probability"    // 確度
	MExpectedMonth  Meaning = "expected_month" // 受注予定月
	MExpectedAmount Meaning = "expected_amount"
)

// Meanings lists every meaning in the order of `honne read --meanings`.
func Meanings() []Meaning {
	list := []Meaning{MPeriod, MDate, MCustomerCode, MCustomerName, MShipToCode, MShipToName,
		MEndUserCode, MEndUserName, MEndUserType, MBillToCode, MBillToName, MAddress, MDepartment, MPerson,
		MRegion, MBranch, MProductCode, MProductName, MProductLine, MLot, MExpiry, MRep, MUnitName,
		MCurrency, MTax, MUnitPrice, MListPrice, MAmount, MQuantity}
	for _, s := range AllSeries {
		if s != Sales {
			list = append(list, AmountOf(s), QuantityOf(s))
		}
	}
	return append(list, MMeasureName, MValue, MAgreedOn, MSegment, MSource, MReason, MNote,
		MPriceStatus, MRatio, MTotal, MRowNumber, MDocument, MCompetitor, MStatus, MActivityKind, MActivityCount, MJoint,
		MDecisionMaker, MFunction, MReach, MCase, MProbability, MExpectedMonth, MExpectedAmount, MeaningUnknown)
}

// AmountOf returns the meaning of an amount of a series: amount for sales,
// plan_amount for the plan.
func AmountOf(s Series) Meaning {
	if s == Sales || s == "" {
		return MAmount
	}
	return Meaning(s) + "_amount"
}

// QuantityOf returns the meaning of a quantity of a series.
func QuantityOf(s Series) Meaning {
	if s == Sales || s == "" {
		return MQuantity
	}
	return Meaning(s) + "_quantity"
}

// Measure says whether the meaning is a figure of the ledger, of which series,
// and whether it is an amount. The series of a plain amount or quantity is "":
// it is that of its table.
func (m Meaning) Measure() (s Series, amount, ok bool) {
	switch m {
	case MAmount:
		return "", true, true
	case MQuantity:
		return "", false, true
	}
	for _, s := range AllSeries {
		if m == Meaning(s)+"_amount" {
			return s, true, true
		}
		if m == Meaning(s)+"_quantity" {
			return s, false, true
		}
	}
	return "", false, false
}
