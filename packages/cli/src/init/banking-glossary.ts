import type { Bilingual, Sensitivity } from "@evertend/core";

/** A word of banking that may head a column. */
export interface GlossaryEntry {
  /** Name of the field in the model. */
  readonly name: string;
  readonly label: Bilingual;
  readonly sensitivity: Sensitivity;
  /** What rules may make of it. */
  readonly use?: "id" | "money" | "birth" | "due" | "past" | "profile" | "rm";
  /** Other headings, as people write them; compared without spaces, signs and case. */
  readonly also: readonly string[];
}

function entry(name: string, zh: string, en: string, also: string, sensitivity: Sensitivity = "internal", use?: GlossaryEntry["use"]): GlossaryEntry {
  return { name, label: { "zh-CN": zh, en }, sensitivity, also: also === "" ? [] : also.split(" "), ...(use ? { use } : {}) };
}

/** Headings that customer lists of banks have, the more special ones first. */
export const bankingGlossary: readonly GlossaryEntry[] = [
  entry("customerId", "客户号", "customer id", "客户编号 客户代码 客户id 客户标识 会员号 客户 customerno customernumber custid custno custnumber clientid clientno id", "internal", "id"),
  entry("idNumber", "证件号码", "id number", "身份证号 身份证号码 身份证 证件号 护照号 idcard idno nationalid passport passportno ssn taxid", "restricted"),
  entry("idType", "证件类型", "id type", "证件种类", "personal"),
  entry("cardNumber", "卡号", "card number", "银行卡号 信用卡号 借记卡号 cardno pan", "restricted"),
  entry("accountNumber", "账号", "account number", "帐号 银行账号 账户号 accountno iban", "restricted"),
  entry("rm.id", "客户经理工号", "RM id", "客户经理编号 客户经理号 经理工号 管户经理工号 rmid managerid advisorid", "internal", "rm"),
  entry("rm.name", "客户经理", "RM", "管户经理 理财经理 客户经理姓名 rmname manager advisor relationshipmanager", "internal", "rm"),
  entry("branch", "网点", "branch", "支行 机构 开户行 所属网点 所属机构 分行 branchname outlet"),
  entry("name", "姓名", "name", "客户姓名 名字 客户名 客户名称 fullname customername clientname firstname lastname surname", "personal", "profile"),
  entry("gender", "性别", "gender", "sex", "personal"),
  entry("birthDate", "出生日期", "birth date", "生日 出生年月日 出生年月 birthday dateofbirth dob birth", "personal", "birth"),
  entry("age", "年龄", "age", "", "personal"),
  entry("phone", "手机号", "mobile phone", "手机 手机号码 电话 联系电话 移动电话 电话号码 联系方式 mobile mobilephone phonenumber mobilenumber tel telephone cell", "personal", "profile"),
  entry("email", "电子邮箱", "e-mail", "邮箱 邮件 电子邮件 邮箱地址 电邮 mail emailaddress", "personal", "profile"),
  entry("address", "地址", "address", "住址 通讯地址 联系地址 家庭住址 家庭地址 postaladdress homeaddress street", "personal", "profile"),
  entry("city", "城市", "city", "所在城市 town"),
  entry("wechat", "微信号", "WeChat", "微信 wechatid weixin", "personal", "profile"),
  entry("maritalStatus", "婚姻状况", "marital status", "婚姻 婚否 marital", "personal"),
  entry("education", "学历", "education", "文化程度 教育程度", "personal"),
  entry("occupation", "职业", "occupation", "工作 职务 job profession", "personal", "profile"),
  entry("employer", "工作单位", "employer", "单位 公司 单位名称 company", "personal"),
  entry("income", "收入", "income", "年收入 月收入 薪资 salary annualincome", "personal", "money"),
  entry("health", "健康状况", "health", "健康", "restricted"),
  entry("balance", "余额", "balance", "账户余额 存款余额 当前余额 accountbalance currentbalance", "internal", "money"),
  entry("deposit.balance", "存款", "deposits", "定期存款 活期存款 存款总额 depositbalance totaldeposits deposit", "internal", "money"),
  entry("assets.total", "总资产", "total assets", "资产 资产总额 金融资产 管理资产 资产余额 aum totalassets assets wealth", "internal", "money"),
  entry("loan.balance", "贷款余额", "loan balance", "贷款 贷款金额 loanamount outstandingloan loan", "internal", "money"),
  entry("creditLimit", "信用额度", "credit limit", "额度 授信额度 limit", "internal", "money"),
  entry("averageBalance", "日均余额", "average balance", "日均 日均存款 月日均 avgbalance", "internal", "money"),
  entry("amount", "金额", "amount", "交易金额 购买金额", "internal", "money"),
  entry("customerLevel", "客户等级", "customer level", "等级 级别 客户级别 星级 客户星级 tier level grade segment"),
  entry("riskRating", "风险等级", "risk rating", "风险评级 风险承受能力 风险偏好 risklevel riskprofile"),
  entry("openedOn", "开户日期", "opened on", "开户日 开户时间 建档日期 opendate openingdate accountopened joindate joined", "internal", "past"),
  entry("maturityDate", "到期日", "maturity date", "到期日期 存款到期日 产品到期日 maturity duedate expirydate enddate", "internal", "due"),
  entry("lastContactOn", "最近联系日期", "last contact", "上次联系日期 最近联系 上次联系 上次拜访日期 最近拜访日期 lastcontact lastcontacted lastvisit", "internal", "past"),
  entry("lastTransactionOn", "最近交易日期", "last transaction", "上次交易日期 最近交易 最后交易日期 lasttransaction lasttrade", "internal", "past"),
  entry("lastLogin", "最近登录", "last login", "上次登录 最近登录时间 lastseen", "internal", "past"),
  entry("productName", "产品", "product", "产品名称 持有产品 product"),
  entry("note", "备注", "note", "说明 remark remarks comment comments notes", "personal"),
];

const plain = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/[（(].*?[）)]/g, "").replace(/[^\p{L}\p{N}]/gu, "");

const byHeading = new Map<string, GlossaryEntry>();
for (const one of bankingGlossary) {
  for (const heading of [one.name, one.label["zh-CN"], one.label.en, ...one.also]) if (!byHeading.has(plain(heading))) byHeading.set(plain(heading), one);
}

/** Words that make a column about people sensitive wherever they stand in its heading. */
const sensitiveWords: readonly (readonly [RegExp, Sensitivity])[] = [
  [/身份证|证件号|护照|卡号|账号|帐号|密码|健康|病|passport|ssn|nationalid|idcard|idno|idnumber|cardno|cardnumber|accountno|accountnumber|iban|password|pin$|health|biometric/, "restricted"],
  [/姓名|名字|手机|电话|邮箱|邮件|地址|住址|出生|生日|年龄|性别|婚|民族|国籍|职业|学历|单位|微信|配偶|子女|收入|薪|fullname|firstname|lastname|surname|customername|phone|mobile|telephone|email|address|birth|dob|gender|marital|occupation|employer|spouse|nationality|wechat|income|salary/, "personal"],
];

/** The entry for a heading; units in brackets, spaces, signs and case do not count. */
export function findInGlossary(heading: string): GlossaryEntry | undefined {
  return byHeading.get(plain(heading));
}

/** The sensitivity that the words of a heading ask for; `internal` where they ask for none. */
export function sensitivityOfHeading(heading: string): Sensitivity {
  const known = findInGlossary(heading)?.sensitivity;
  if (known !== undefined && known !== "internal") return known;
  const text = plain(heading);
  return sensitiveWords.find(([words]) => words.test(text))?.[1] ?? "internal";
}
