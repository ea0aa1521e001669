#include "idi/eval/compare.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "cell_numbering.hpp"

namespace idi::eval {
namespace {

using Rows = std::vector<Row>;

bool free_match(const Rows& gold, const Rows& predicted) {
  return spider_results_match(gold, predicted, RowOrder::free);
}
bool fixed_match(const Rows& gold, const Rows& predicted) {
  return spider_results_match(gold, predicted, RowOrder::fixed);
}

Value text(const char* content) { return std::string(content); }
Value integer(std::int64_t value) { return value; }
Value real(double value) { return value; }

TEST(SpiderCompare, EmptyResultsAreEqualWhateverTheirColumns) {
  EXPECT_TRUE(free_match({}, {}));
  EXPECT_TRUE(fixed_match({}, {}));
  EXPECT_FALSE(free_match({}, {{integer(1)}}));
  EXPECT_FALSE(free_match({{integer(1)}}, {}));
}

TEST(SpiderCompare, RowsAreCountedAsABag) {
  const Rows twice = {{integer(1)}, {integer(1)}, {integer(2)}};
  EXPECT_TRUE(free_match(twice, {{integer(2)}, {integer(1)}, {integer(1)}}));
  EXPECT_FALSE(free_match(twice, {{integer(2)}, {integer(2)}, {integer(1)}}));
  EXPECT_FALSE(free_match(twice, {{integer(1)}, {integer(2)}}));
}

TEST(SpiderCompare, OrderCountsOnlyWhereItIsFixed) {
  const Rows gold = {{integer(1)}, {integer(2)}};
  const Rows turned = {{integer(2)}, {integer(1)}};
  EXPECT_TRUE(free_match(gold, turned));
  EXPECT_FALSE(fixed_match(gold, turned));
  EXPECT_TRUE(fixed_match(gold, gold));
}

TEST(SpiderCompare, AnyColumnOrderIsAccepted) {
  const Rows gold = {{integer(1), text("a"), real(0.5)}, {integer(2), text("b"), real(1.5)}};
  const Rows moved = {{text("a"), real(0.5), integer(1)}, {text("b"), real(1.5), integer(2)}};
  EXPECT_TRUE(free_match(gold, moved));
  EXPECT_TRUE(fixed_match(gold, moved));
}

TEST(SpiderCompare, ColumnsMustBePermutedAlikeInAllRows) {
  const Rows gold = {{integer(1), integer(2)}, {integer(3), integer(4)}};
  const Rows mixed = {{integer(1), integer(2)}, {integer(4), integer(3)}};
  EXPECT_FALSE(free_match(gold, mixed));
  EXPECT_FALSE(fixed_match(gold, mixed));
}

TEST(SpiderCompare, ColumnsWithTheSameBagNeedTheirRowsToAgree) {
  // Every column holds {1, 2} in both results; only the rows tell them apart.
  const Rows gold = {{integer(1), integer(1)}, {integer(2), integer(2)}};
  const Rows crossed = {{integer(1), integer(2)}, {integer(2), integer(1)}};
  EXPECT_FALSE(free_match(gold, crossed));
}

TEST(SpiderCompare, NumberOfColumnsMustAgree) {
  EXPECT_FALSE(free_match({{integer(1)}}, {{integer(1), integer(1)}}));
}

TEST(SpiderCompare, CellsAreEqualAsPythonHasIt) {
  const auto equal = [](const Value& a, const Value& b) { return free_match({{a}}, {{b}}); };
  EXPECT_TRUE(equal(integer(1), real(1.0)));
  EXPECT_TRUE(equal(real(0.0), real(-0.0)));
  EXPECT_TRUE(equal(Null{}, Null{}));
  EXPECT_FALSE(equal(Null{}, integer(0)));
  EXPECT_FALSE(equal(Null{}, text("")));
  EXPECT_FALSE(equal(integer(1), text("1")));
  EXPECT_FALSE(equal(text("France"), text("france")));
  EXPECT_FALSE(equal(text("a"), text("a ")));
  EXPECT_FALSE(equal(text("a"), Value(Blob{"a"})));
  EXPECT_TRUE(equal(Value(Blob{"a"}), Value(Blob{"a"})));
  EXPECT_TRUE(equal(real(std::numeric_limits<double>::infinity()),
                    real(std::numeric_limits<double>::infinity())));
}

TEST(SpiderCompare, LargeIntegersAreComparedExactlyWithReals) {
  const std::int64_t two_to_53 = std::int64_t{1} << 53;
  const double as_real = 9007199254740992.0;
  EXPECT_TRUE(free_match({{integer(two_to_53)}}, {{real(as_real)}}));
  EXPECT_FALSE(free_match({{integer(two_to_53 + 1)}}, {{real(as_real)}}));
  const auto most = std::numeric_limits<std::int64_t>::max();
  EXPECT_FALSE(free_match({{integer(most)}}, {{real(9223372036854775808.0)}}));
  const auto least = std::numeric_limits<std::int64_t>::min();
  EXPECT_TRUE(free_match({{integer(least)}}, {{real(-9223372036854775808.0)}}));
}

TEST(SpiderCompare, BytesThatAreNoTextAreIgnored) {
  EXPECT_TRUE(free_match({{text("a\xEF\xBF\xBD"
                                "b\xEF\xBF\xBD")}},
                         {{text("ab")}}));
  EXPECT_FALSE(free_match({{text("a\xEF\xBF\xBD")}}, {{text("b")}}));
}

TEST(SpiderCompare, QuickRejectionSortsARowByItsPythonSpelling) {
  // "1.0" sorts before "1.5" and "1<class" behind it: the official evaluator says different.
  EXPECT_FALSE(free_match({{integer(1), real(1.5)}}, {{real(1.0), real(1.5)}}));
  EXPECT_FALSE(fixed_match({{integer(1), real(1.5)}}, {{real(1.0), real(1.5)}}));
  // Here both sort alike, and 1 equals 1.0.
  EXPECT_TRUE(free_match({{integer(1), text("x")}}, {{real(1.0), text("x")}}));
  EXPECT_TRUE(free_match({{integer(1), real(2.5)}}, {{real(1.0), real(2.5)}}));
}

TEST(SpiderCompare, PythonSpellings) {
  EXPECT_EQ(python_spelling(integer(-7)), "-7<class 'int'>");
  EXPECT_EQ(python_spelling(real(1.0)), "1.0<class 'float'>");
  EXPECT_EQ(python_spelling(real(-0.0)), "-0.0<class 'float'>");
  EXPECT_EQ(python_spelling(real(0.1)), "0.1<class 'float'>");
  EXPECT_EQ(python_spelling(real(0.0001)), "0.0001<class 'float'>");
  EXPECT_EQ(python_spelling(real(0.00001)), "1e-05<class 'float'>");
  EXPECT_EQ(python_spelling(real(123456789012345.0)), "123456789012345.0<class 'float'>");
  EXPECT_EQ(python_spelling(real(1e15)), "1000000000000000.0<class 'float'>");
  EXPECT_EQ(python_spelling(real(1e16)), "1e+16<class 'float'>");
  EXPECT_EQ(python_spelling(real(1.5e300)), "1.5e+300<class 'float'>");
  EXPECT_EQ(python_spelling(real(std::numeric_limits<double>::infinity())), "inf<class 'float'>");
  EXPECT_EQ(python_spelling(Null{}), "None<class 'NoneType'>");
  EXPECT_EQ(python_spelling(Value(Blob{std::string("a\0'\xFF\n", 5)})),
            "b\"a\\x00'\\xff\\n\"<class 'bytes'>");
}

TEST(SpiderCompare, ManyEqualColumnsCostLittle) {
  Rows gold(200, Row(40, integer(1)));
  Rows other = gold;
  for (std::size_t r = 0; r < gold.size(); ++r) {
    gold[r][39] = integer(static_cast<std::int64_t>(r));
    other[r][0] = integer(static_cast<std::int64_t>(r));
  }
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(free_match(gold, other));
  other[5][3] = integer(2);
  other[6][0] = integer(7);
  EXPECT_FALSE(free_match(gold, other));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(SpiderCompare, TheSearchIsBounded) {
  // Rows are the edges of a regular graph (two ones each), columns its vertices: every column has
  // the same bag, and only the search could tell two such graphs apart.
  constexpr std::size_t size = 60;
  std::mt19937 random(1);
  const auto random_regular = [&] {
    Rows rows;
    for (int round = 0; round < 3; ++round) {
      std::vector<std::size_t> order(size);
      std::iota(order.begin(), order.end(), std::size_t{0});
      std::shuffle(order.begin(), order.end(), random);
      for (std::size_t i = 0; i < size; i += 2) {
        Row row(size, integer(0));
        row[order[i]] = integer(1);
        row[order[i + 1]] = integer(1);
        rows.push_back(row);
      }
    }
    return rows;
  };
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(free_match(random_regular(), random_regular()));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

TEST(SpiderCompare, LargeResultsAreQuick) {
  Rows gold;
  for (std::int64_t r = 0; r < 50'000; ++r) {
    gold.push_back({integer(r), text(r % 2 == 0 ? "even" : "odd"), integer(r % 100)});
  }
  Rows other(gold.rbegin(), gold.rend());
  for (Row& row : other) std::swap(row[0], row[2]);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(free_match(gold, other));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(BirdCompare, RowsAreASetAndColumnsKeepTheirOrder) {
  const Rows gold = {{integer(1), text("a")}, {integer(2), text("b")}};
  EXPECT_TRUE(bird_results_match(
      gold, {{integer(2), text("b")}, {real(1.0), text("a")}, {integer(2), text("b")}}));
  EXPECT_FALSE(bird_results_match(gold, {{text("a"), integer(1)}, {text("b"), integer(2)}}));
  EXPECT_FALSE(bird_results_match(gold, {{integer(1), text("a")}}));
  EXPECT_TRUE(bird_results_match({}, {}));
  EXPECT_FALSE(bird_results_match(gold, {}));
}

// A few values of every kind, so that chance makes equal ones.
Value arbitrary_cell() {
  const int choice = *rc::gen::inRange(0, 8);
  switch (choice) {
    case 0:
      return Null{};
    case 1:
    case 2:
      return static_cast<std::int64_t>(*rc::gen::inRange(0, 3));
    case 3:
      return static_cast<double>(*rc::gen::inRange(0, 3));
    case 4:
      return 0.5 * *rc::gen::inRange(0, 5);
    case 5:
      return std::string(*rc::gen::element("a", "b", "1"));
    case 6:
      return Blob{*rc::gen::element<std::string>("a", "b")};
    default:
      return std::string("x");
  }
}

Rows arbitrary_rows(bool reals) {
  const auto rows = *rc::gen::inRange<std::size_t>(0, 8);
  const auto columns = *rc::gen::inRange<std::size_t>(1, 6);
  Rows result(rows, Row(columns));
  for (Row& row : result) {
    for (Value& cell : row) {
      cell = arbitrary_cell();
      if (!reals && std::holds_alternative<double>(cell)) cell = std::int64_t{0};
    }
  }
  return result;
}

template <typename T>
std::vector<std::size_t> arbitrary_order(const std::vector<T>& items) {
  std::vector<std::size_t> order(items.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  std::shuffle(order.begin(), order.end(), random);
  return order;
}

Rows with_columns_moved(const Rows& rows) {
  if (rows.empty()) return rows;
  const auto order = arbitrary_order(rows.front());
  Rows moved;
  for (const Row& row : rows) {
    Row& target = moved.emplace_back();
    for (const std::size_t c : order) target.push_back(row[c]);
  }
  return moved;
}

Rows with_rows_moved(const Rows& rows) {
  Rows moved;
  for (const std::size_t r : arbitrary_order(rows)) moved.push_back(rows[r]);
  return moved;
}

/// The definition, by trying every permutation.
bool match_by_definition(const Rows& gold, const Rows& predicted) {
  if (gold.size() != predicted.size()) return false;
  if (gold.empty()) return true;
  if (gold.front().size() != predicted.front().size()) return false;
  CellNumbering numbering;
  const auto left = numbering.number(gold);
  const auto right = numbering.number(predicted);
  const auto sorted_rows = [&](const NumberedColumns& columns, const auto& order) {
    std::vector<std::vector<std::uint32_t>> rows;
    for (std::size_t r = 0; r < gold.size(); ++r) {
      auto& row = rows.emplace_back();
      for (const std::size_t c : order) row.push_back(columns[c][r]);
    }
    std::sort(rows.begin(), rows.end());
    return rows;
  };
  std::vector<std::size_t> order(left.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto wanted = sorted_rows(left, order);
  do {
    if (sorted_rows(right, order) == wanted) return true;
  } while (std::next_permutation(order.begin(), order.end()));
  return false;
}

TEST(SpiderCompareProperty, IsReflexive) {
  EXPECT_TRUE(rc::check("a result matches itself", [] {
    const Rows rows = arbitrary_rows(true);
    RC_ASSERT(free_match(rows, rows));
    RC_ASSERT(fixed_match(rows, rows));
    RC_ASSERT(bird_results_match(rows, rows));
  }));
}

TEST(SpiderCompareProperty, IsSymmetric) {
  EXPECT_TRUE(rc::check("gold and predicted may be exchanged", [] {
    const Rows left = arbitrary_rows(true);
    const Rows right = *rc::gen::arbitrary<bool>() ? arbitrary_rows(true) : with_rows_moved(left);
    RC_ASSERT(free_match(left, right) == free_match(right, left));
    RC_ASSERT(fixed_match(left, right) == fixed_match(right, left));
    RC_ASSERT(bird_results_match(left, right) == bird_results_match(right, left));
  }));
}

TEST(SpiderCompareProperty, RowAndColumnOrderDoNotMatter) {
  EXPECT_TRUE(rc::check("moved rows and columns still match", [] {
    const Rows rows = arbitrary_rows(true);
    RC_ASSERT(free_match(rows, with_rows_moved(with_columns_moved(rows))));
    RC_ASSERT(fixed_match(rows, with_columns_moved(rows)));
    RC_ASSERT(bird_results_match(rows, with_rows_moved(rows)));
  }));
}

TEST(SpiderCompareProperty, SearchAgreesWithTheDefinition) {
  EXPECT_TRUE(rc::check("every permutation tried gives the same answer", [] {
    const Rows left = arbitrary_rows(false);
    Rows right = with_rows_moved(with_columns_moved(left));
    if (!right.empty() && *rc::gen::arbitrary<bool>()) {
      const auto row = *rc::gen::inRange<std::size_t>(0, right.size());
      const auto column = *rc::gen::inRange<std::size_t>(0, right.front().size());
      right[row][column] = std::int64_t{1};
    }
    RC_ASSERT(free_match(left, right) == match_by_definition(left, right));
  }));
}

TEST(SpiderCompareProperty, FixedOrderImpliesFreeOrder) {
  EXPECT_TRUE(rc::check("what matches in order matches without", [] {
    const Rows left = arbitrary_rows(true);
    const Rows right =
        *rc::gen::arbitrary<bool>() ? with_columns_moved(left) : with_rows_moved(left);
    if (fixed_match(left, right)) RC_ASSERT(free_match(left, right));
  }));
}

}  // namespace
}  // namespace idi::eval
