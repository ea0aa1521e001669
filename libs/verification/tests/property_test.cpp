// Whatever the grammar can say is checked without a crash, and what is repaired runs.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "idi/sql/guard.hpp"
#include "idi/sql/ir_literals.hpp"
#include "idi/sql/ir_tokens.hpp"
#include "idi/sql/translate.hpp"
#include "random_walk.hpp"
#include "shop.hpp"

namespace idi::verification {
namespace {

ir::Query with_values(const ir::Query& query) {
  return ir::map_literals(query, [](const ir::Literal& literal, const ir::Predicate* predicate) {
    if (predicate == nullptr) return ir::Literal{ir::Literal::Kind::number, "3", -1};
    static const std::vector<std::string> texts = {"berlin", "Berlni", "12", "2025-01-01", "$7"};
    const auto pick = static_cast<std::size_t>(literal.candidate < 0 ? 2 : literal.candidate);
    return ir::Literal{ir::Literal::Kind::text, texts[pick], literal.candidate};
  });
}

/// The shop without the table that no key links: all of its tables can be joined.
Schema connected(const Schema& schema) {
  Schema linked = schema;
  linked.tables.pop_back();
  return linked;
}

TEST(VerifyProperty, EverySentenceIsCheckedAndRepairsRun) {
  const testing::Shop shop;
  const Schema schema = connected(shop.schema());
  const auto asked = shop.linker().link("How many customers in berlin have 12 orders in 2025?");
  const sql::SqlGuard guard(Dialect::sqlite, shop.connection().inspector());
  EXPECT_TRUE(rc::check("mend and verify end well", [&] {
    const auto sentence =
        *ir::testing::sentences(schema.column_count(), static_cast<int>(schema.tables.size()), 5);
    RC_LOG() << ir::to_text(sentence, schema);
    auto query = with_values(*ir::from_tokens(sentence, schema));
    const auto runs = [&](const ir::Query& each) {
      const auto sql = sql::to_sql(each, shop.schema(), Dialect::sqlite);
      if (!sql) RC_FAIL(sql.error().to_text());
      RC_LOG() << *sql;
      const auto approved = guard.approve(*sql);
      if (!approved) RC_FAIL(approved.error().to_text());
      auto result = db::run_query(shop.connection(), Dialect::sqlite, *sql, {});
      if (!result) RC_FAIL(result.error().to_text());
      return std::pair(*sql, std::move(*result));
    };
    runs(query);
    const auto mended = mend(query, asked, shop.linker());
    if (mended.repaired) query = *mended.repaired;
    const auto [sql, result] = runs(query);
    const auto verified = verify({asked, shop.linker(), &query, sql, result}, shop.connection(), {},
                                 Deadline::never(), {});
    RC_ASSERT(verified.has_value());
    for (const auto& finding : verified->findings) {
      RC_ASSERT(!finding.text.empty());
      RC_ASSERT(finding.doubt >= 0 && finding.doubt <= 1);
      RC_ASSERT(finding.offers.size() <= 5u);
    }
    if (verified->repaired) runs(*verified->repaired);
  }));
}

}  // namespace
}  // namespace idi::verification
