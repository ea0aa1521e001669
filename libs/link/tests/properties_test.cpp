#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "sample_linker.hpp"
#include "tokens.hpp"

namespace idi::link {
namespace {

using link::testing::column;
using link::testing::music_linker;
using link::testing::table;

void holds(const std::function<void()>& property) { EXPECT_TRUE(rc::check(property)); }

/// Words of the sample, signs, digits and raw bytes, mixed.
rc::Gen<std::string> questions() {
  const auto piece = rc::gen::oneOf(
      rc::gen::element<std::string>("singer", "first name", "Anna", "New York", "France", "five",
                                    "'", "\"", "1,000", "2023-05-17", "日本", "é", "\xFF", "don't",
                                    "the letter", "in", ".", ",", "May 5", "U.S.A.", "%", "C++"),
      rc::gen::arbitrary<std::string>());
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                      [](const std::vector<std::string>& pieces) {
                        std::string text;
                        for (const auto& each : pieces) text += each + ' ';
                        return text;
                      });
}

void check_ranges(std::string_view text, const std::vector<QuestionToken>& tokens) {
  std::size_t last = 0;
  for (const QuestionToken& token : tokens) {
    RC_ASSERT(token.begin >= last);
    RC_ASSERT(token.begin < token.end);
    RC_ASSERT(token.end <= text.size());
    RC_ASSERT(!token.lower.empty());
    last = token.end;
  }
}

TEST(Properties, TokenRangesRiseAndLieInside) {
  holds([] {
    const std::string text = *questions();
    check_ranges(text, tokenize(text));
  });
}

TEST(Properties, TokenizingIsTheSameInUpperAndLowerCase) {
  holds([] {
    auto text = *rc::gen::container<std::string>(rc::gen::element('a', 'b', ' ', '1', ',', '-'));
    std::string upper = text;
    std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
      return c == 'a' ? 'A' : c == 'b' ? 'B' : c;
    });
    const auto one = tokenize(text);
    const auto other = tokenize(upper);
    RC_ASSERT(one.size() == other.size());
    for (std::size_t i = 0; i < one.size(); ++i) RC_ASSERT(one[i].stem == other[i].stem);
  });
}

TEST(Properties, QuotedRangesLieInside) {
  holds([] {
    const std::string text = *questions();
    std::size_t last = 0;
    for (const QuotedRange& range : quoted_ranges(text)) {
      RC_ASSERT(range.begin >= last);
      RC_ASSERT(range.begin < range.end);
      RC_ASSERT(range.end <= text.size());
      last = range.end;
    }
  });
}

TEST(Properties, LinkingKeepsItsPromises) {
  const auto linker = music_linker();
  holds([&] {
    LinkBudget budget;
    budget.max_tokens = *rc::gen::inRange(0, 20);
    budget.max_tables = *rc::gen::inRange(0, 5);
    budget.max_columns = *rc::gen::inRange(0, 16);
    budget.max_values = *rc::gen::inRange(0, 6);
    const std::string question = *questions();
    const LinkedQuestion linked = linker->link(question, budget);
    check_ranges(linked.question, linked.tokens);
    RC_ASSERT(static_cast<int>(linked.tokens.size()) <= budget.max_tokens);
    RC_ASSERT(static_cast<int>(linked.tables.size()) <= budget.max_tables);
    RC_ASSERT(static_cast<int>(linked.columns.size()) <= budget.max_columns);
    RC_ASSERT(static_cast<int>(linked.values.size()) <= budget.max_values);
    RC_ASSERT(std::is_sorted(linked.tables.begin(), linked.tables.end()));
    RC_ASSERT(std::adjacent_find(linked.columns.begin(), linked.columns.end()) ==
              linked.columns.end());
    for (const ColumnRef each : linked.columns) {
      RC_ASSERT(std::find(linked.tables.begin(), linked.tables.end(), each.table) !=
                linked.tables.end());
    }
    RC_ASSERT(linked.token_table.size() == linked.tokens.size() * linked.tables.size());
    RC_ASSERT(linked.token_column.size() == linked.tokens.size() * linked.columns.size());
    RC_ASSERT(linked.token_cell.size() == linked.token_column.size());
    RC_ASSERT(linked.table_scores.size() == linked.tables.size());
    RC_ASSERT(linked.column_scores.size() == linked.columns.size());
    for (const ValueCandidate& value : linked.values) {
      RC_ASSERT(value.token_begin >= 0 && value.token_begin < value.token_end);
      RC_ASSERT(value.token_end <= static_cast<int>(linked.tokens.size()));
      RC_ASSERT(!value.text.empty());
      RC_ASSERT(value.cells.size() == value.columns.size());
      if (value.kind == ValueKind::cell) {
        for (std::size_t i = 0; i < value.columns.size(); ++i) {
          const auto cells = linker->values().cells(value.columns[i], 100);
          RC_ASSERT(std::find(cells.begin(), cells.end(), value.cells[i]) != cells.end());
        }
      }
    }
  });
}

TEST(Properties, LinkingIsDeterministic) {
  const auto linker = music_linker();
  const auto again = music_linker();
  holds([&] {
    const std::string question = *questions();
    const auto one = linker->link(question);
    const auto other = again->link(question);
    RC_ASSERT(one.token_column == other.token_column);
    RC_ASSERT(one.token_cell == other.token_cell);
    RC_ASSERT(one.values.size() == other.values.size());
    for (std::size_t i = 0; i < one.values.size(); ++i) {
      RC_ASSERT(one.values[i].text == other.values[i].text);
    }
  });
}

TEST(Properties, AnyCellIsFoundByItself) {
  holds([] {
    const auto cells =
        *rc::gen::container<std::vector<std::string>>(rc::gen::arbitrary<std::string>());
    Schema schema;
    schema.tables = {table("t", {column("c")})};
    link::testing::FakeDatabase database(
        link::testing::FakeDatabase::Cells{{ColumnRef{0, 0}, cells}});
    const auto index = ValueIndex::open_or_build(database, schema, {}, {}, {}, WordNet::none());
    RC_ASSERT(index.has_value());
    for (const std::string& cell : cells) {
      bool cut = false;
      if (cell.size() > 100 || tokenize_at_most(cell, 24, cut).empty() || cut) continue;
      const auto hits = (*index)->lookup(cell, 1000);
      RC_ASSERT(std::any_of(hits.begin(), hits.end(),
                            [&](const CellHit& hit) { return hit.cell == cell; }));
    }
  });
}

}  // namespace
}  // namespace idi::link
