"""Numbers that the data do not know, or that the words leave open; and what was allowed in vain."""

from narrator.check.rules.rule import Rule

RULES = (
    Rule(
        "unsupported-number", "没有依据", "warning",
        "数据、参考数据和素材中，都没有说明同一事项的这个数；或者它在数据中是估计数（状态 E），不作引用。",
        "外来的数（如GDP、项目个数、全市位次）要有出处；库里恰好有一个相同的数，不算出处。",
        "“引进企业25家”，素材中没有这句话。",
        "把出处登记到 references.csv 或当期的 materials 中；没有出处的，删去。",
        valid=("工作专班上门会诊企业412家，协调解决用工、用能等问题530件。",),
        invalid=("全区新增就业岗位5321个。", "规上工业产值增速居全市第二。"),
    ),
    Rule(
        "unclear-number", "说明不清", "warning",
        "从文字看不出这个数说的是哪一项、哪一期或与什么相比。",
        "读者也会看不出来；含混的句子核对不了，也容易被误读。",
        "“增长3.10%”没有说同比还是环比，而它恰好是环比。",
        "补上主语、期别或“同比”“环比”。",
        valid=("经济活力指数环比增长3.24%。", "总指数增长6.20%。"),
        invalid=("经济活力指数增长3.24%。", "总指数增长3.35%。"),
    ),
    Rule(
        "unused-allow", "多余的许可", "warning",
        "写了“narrate: allow 规则 — 理由”，但那里没有这条规则的问题，或没有写理由、规则名不对。",
        "过时的许可会把以后的错误也放过去。",
        "原来的数已改正，许可还留着。",
        "删去这条许可；缺理由的，补上理由。",
        valid=("<!-- narrate: allow wrong-number — 以部门最终核定数为准 -->\n总指数达141.18点。",),
        invalid=(
            "<!-- narrate: allow wrong-number — 以部门最终核定数为准 -->\n总指数达140.18点。", "<!-- narrate: allow wrong-number -->\n总指数达141.18点。",
            "<!-- narrate: allow wrong-nubmer — 以部门最终核定数为准 -->\n总指数达141.18点。",
        ),
    ),
)  # fmt: skip
