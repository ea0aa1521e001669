#include "idi/parser/selector.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <random>
#include <set>

#include "idi/link/linker.hpp"
#include "query_summary.hpp"
#include "small_schema.hpp"

namespace idi::parser {
namespace {

using ::testing::HasSubstr;
using enum SelectionFeature;
using ir::Symbol;

ir::Token symbol(Symbol s) { return {ir::Token::Kind::symbol, static_cast<int>(s)}; }
ir::Token column(int flat_index) { return {ir::Token::Kind::column, flat_index}; }
ir::Token table(int index) { return {ir::Token::Kind::table, index}; }
ir::Token value(int index) { return {ir::Token::Kind::value, index}; }

// Flat indices of small_schema().
constexpr int name = 1, country = 2, age = 3;

Candidate candidate(std::vector<ir::Token> tokens, double log_probability = -1) {
  Candidate result;
  result.steps = static_cast<int>(tokens.size());
  result.tokens = std::move(tokens);
  result.log_probability = log_probability;
  return result;
}

CandidateOutcome rows(std::int64_t count, std::uint64_t hash = 1) {
  CandidateOutcome outcome;
  outcome.ran = true;
  outcome.rows = count;
  outcome.result_hash = hash;
  return outcome;
}

double at(const SelectionFeatures& features, SelectionFeature feature) {
  return features[static_cast<std::size_t>(feature)];
}

const link::Linker& linker() {
  static const auto linker =
      link::Linker::make(testing::small_schema(), link::ValueIndex::empty(), link::WordNet::none());
  return *linker;
}

SelectionFeatures features_of(std::string_view question, const Candidate& candidate,
                              const CandidateOutcome& outcome = rows(1)) {
  return selection_features(linker().link(question), linker().schema(), {&candidate, 1},
                            {&outcome, 1})[0];
}

TEST(SelectionFeatures, NamesAreDistinct) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < selection_feature_count; ++i)
    EXPECT_TRUE(names.insert(selection_feature_name(static_cast<SelectionFeature>(i))).second);
  EXPECT_GE(names.size(), 35U);
}

TEST(SelectionFeatures, CuesOfTheQuestionAreHeldAgainstTheQuery) {
  const auto listing = candidate({column(name), symbol(Symbol::end)});
  const auto counting = candidate({symbol(Symbol::count), table(0), symbol(Symbol::end)});
  const auto ordering =
      candidate({column(name), symbol(Symbol::order_desc), column(age), symbol(Symbol::limit),
                 symbol(Symbol::one), symbol(Symbol::end)});
  const auto averaging = candidate({symbol(Symbol::avg), column(age), symbol(Symbol::end)});
  const auto grouping = candidate({column(country), symbol(Symbol::count), table(0),
                                   symbol(Symbol::group), column(country), symbol(Symbol::end)});
  const auto excluding = candidate({column(name), symbol(Symbol::where), column(country),
                                    symbol(Symbol::not_equal), value(0), symbol(Symbol::end)});
  const auto comparing = candidate({column(name), symbol(Symbol::where), column(age),
                                    symbol(Symbol::greater), value(0), symbol(Symbol::end)});
  const struct {
    const char* question;
    const Candidate& with;
    SelectionFeature missing, extra;
  } cases[] = {
      {"How many singers are there?", counting, count_missing, count_extra},
      {"Who is the oldest singer?", ordering, superlative_missing, superlative_extra},
      {"What is the average age?", averaging, average_missing, average_extra},
      {"How many singers come from each country?", grouping, group_missing, group_extra},
      {"Singers that are not from France", excluding, negation_missing, negation_extra},
      {"Singers older than 30", comparing, comparison_missing, comparison_extra},
  };
  for (const auto& [question, with, missing, extra] : cases) {
    EXPECT_EQ(at(features_of(question, with), missing), 0) << question;
    EXPECT_EQ(at(features_of(question, with), extra), 0) << question;
    EXPECT_EQ(at(features_of(question, listing), missing), 1) << question;
    EXPECT_EQ(at(features_of("Names of singers", with), extra), 1) << question;
  }
}

TEST(SelectionFeatures, AtLeastIsNoSuperlative) {
  const auto listing = candidate({column(name), symbol(Symbol::end)});
  const auto features = features_of("Singers that are at least 30", listing);
  EXPECT_EQ(at(features, superlative_missing), 0);
  EXPECT_EQ(at(features, comparison_missing), 1);
}

TEST(SelectionFeatures, OutcomesAreRead) {
  const auto listing = candidate({column(name), symbol(Symbol::end)});
  EXPECT_EQ(at(features_of("x", listing, rows(0)), empty), 1);
  EXPECT_EQ(at(features_of("x", listing, rows(1)), one_row), 1);
  EXPECT_EQ(at(features_of("x", listing, rows(1000)), many_rows), 1);
  CandidateOutcome error;
  error.error = ErrorCode::sql_rejected;
  EXPECT_EQ(at(features_of("x", listing, error), failed), 1);
  EXPECT_EQ(at(features_of("x", listing, error), empty), 0);
  error.error = ErrorCode::timeout;
  EXPECT_EQ(at(features_of("x", listing, error), timed_out), 1);
  EXPECT_EQ(at(features_of("x", listing, error), failed), 0);
}

TEST(SelectionFeatures, WordsAndItemsAreMatched) {
  const auto question = "the country of each singer";
  const auto named = features_of(question, candidate({column(country), symbol(Symbol::end)}));
  const auto other = features_of(question, candidate({column(age), symbol(Symbol::end)}));
  EXPECT_GT(at(named, exact_words_used), at(other, exact_words_used));
  EXPECT_EQ(at(named, columns_unnamed), 0);
  EXPECT_EQ(at(other, columns_unnamed), 1);
}

TEST(SelectionFeatures, TextComparedAsANumberIsAConflict) {
  const auto text = candidate({column(age), symbol(Symbol::where), column(country),
                               symbol(Symbol::greater), value(0), symbol(Symbol::end)});
  const auto number = candidate({column(country), symbol(Symbol::where), column(age),
                                 symbol(Symbol::greater), value(0), symbol(Symbol::end)});
  const auto sum = candidate({symbol(Symbol::sum), column(country), symbol(Symbol::end)});
  const auto counted = candidate({column(age), symbol(Symbol::group), column(age),
                                  symbol(Symbol::having), symbol(Symbol::count), column(name),
                                  symbol(Symbol::greater), value(0), symbol(Symbol::end)});
  EXPECT_EQ(at(features_of("x", text), type_conflicts), 1);
  EXPECT_EQ(at(features_of("x", number), type_conflicts), 0);
  EXPECT_EQ(at(features_of("x", sum), type_conflicts), 1);
  EXPECT_EQ(at(features_of("x", counted), type_conflicts), 0);
}

TEST(SelectionFeatures, TheConditionOfAnAggregateIsNoItem) {
  const auto summary_of = [](const Candidate& query) {
    return summarize(query, linker().link("x"), linker().schema());
  };
  const auto share = summary_of(candidate({symbol(Symbol::share),
                                           symbol(Symbol::count),
                                           symbol(Symbol::when),
                                           symbol(Symbol::open),
                                           column(age),
                                           symbol(Symbol::greater),
                                           symbol(Symbol::one),
                                           symbol(Symbol::or_),
                                           column(name),
                                           symbol(Symbol::is_null),
                                           symbol(Symbol::close),
                                           table(0),
                                           symbol(Symbol::sum),
                                           symbol(Symbol::when),
                                           column(country),
                                           symbol(Symbol::between),
                                           symbol(Symbol::any_value),
                                           symbol(Symbol::any_value),
                                           column(age),
                                           symbol(Symbol::end)}));
  EXPECT_EQ(share.select_items, 2);
  EXPECT_EQ(share.aggregates, 2);
  EXPECT_EQ(share.conditions, 3);
  EXPECT_FALSE(share.ungrouped);
}

TEST(SelectionFeatures, UnusedValuesAreCountedByKind) {
  const auto question = "singers named 'Joe' that are 30";
  const auto linked = linker().link(question);
  int number = -1;
  int quoted = -1;
  for (int i = 0; i < static_cast<int>(linked.values.size()); ++i) {
    const auto kind = linked.values[static_cast<std::size_t>(i)].kind;
    if (kind == link::ValueKind::number) number = i;
    if (kind == link::ValueKind::quoted) quoted = i;
  }
  ASSERT_GE(number, 0);
  ASSERT_GE(quoted, 0);
  const auto none = features_of(question, candidate({column(name), symbol(Symbol::end)}));
  EXPECT_EQ(at(none, numbers_unused), 1);
  EXPECT_EQ(at(none, quoted_unused), 1);
  const auto both = features_of(
      question, candidate({column(age), symbol(Symbol::where), column(name), symbol(Symbol::equal),
                           value(quoted), symbol(Symbol::and_), column(age), symbol(Symbol::equal),
                           value(number), symbol(Symbol::end)}));
  EXPECT_EQ(at(both, numbers_unused), 0);
  EXPECT_EQ(at(both, quoted_unused), 0);
  EXPECT_EQ(at(both, values_used), 1);
}

TEST(SelectionFeatures, VotesAreTheProbabilityOfOthersWithTheSameResult) {
  const std::vector<Candidate> candidates = {
      candidate({column(name), symbol(Symbol::end)}, std::log(0.5)),
      candidate({column(age), symbol(Symbol::end)}, std::log(0.25)),
      candidate({column(country), symbol(Symbol::end)}, std::log(0.25))};
  const std::vector<CandidateOutcome> outcomes = {rows(3, 7), rows(3, 8), rows(3, 8)};
  const auto features =
      selection_features(linker().link("x"), linker().schema(), candidates, outcomes);
  EXPECT_NEAR(at(features[0], votes), 0, 1e-9);
  EXPECT_NEAR(at(features[1], votes), 0.25, 1e-9);
  EXPECT_NEAR(at(features[2], same_result), 0.5, 1e-9);
  EXPECT_NEAR(at(features[1], margin), std::log(0.5), 1e-9);
}

TEST(Outcome, EqualResultsHashEquallyWhateverTheirRowOrder) {
  const auto outcome = [](std::vector<Row> result) {
    return outcome_of(ResultTable{{"a", "b"}, std::move(result), false});
  };
  const Row one = {std::int64_t{1}, std::string("x")};
  const Row one_as_double = {1.0, std::string("x")};
  const Row two = {std::int64_t{2}, std::string("y")};
  EXPECT_EQ(outcome({one, two}).result_hash, outcome({two, one}).result_hash);
  EXPECT_EQ(outcome({one}).result_hash, outcome({one_as_double}).result_hash);
  EXPECT_NE(outcome({one}).result_hash, outcome({two}).result_hash);
  EXPECT_NE(outcome({one}).result_hash, outcome({one, one}).result_hash);
  EXPECT_NE(outcome({{std::int64_t{1}, std::int64_t{2}}}).result_hash,
            outcome({{std::int64_t{2}, std::int64_t{1}}}).result_hash);
}

TEST(Outcome, NullsAndZerosAreNoticed) {
  const auto one_cell = [](Value cell) {
    return outcome_of(ResultTable{{"a"}, {{std::move(cell)}}, false});
  };
  EXPECT_TRUE(one_cell(Null{}).all_null);
  EXPECT_FALSE(one_cell(std::int64_t{0}).all_null);
  EXPECT_TRUE(one_cell(std::int64_t{0}).zero);
  EXPECT_TRUE(one_cell(0.0).zero);
  EXPECT_FALSE(one_cell(std::string("0")).zero);
  EXPECT_FALSE(outcome_of(ResultTable{}).all_null);
  const auto error = outcome_of(make_error(ErrorCode::timeout, "late"));
  EXPECT_FALSE(error.ran);
  EXPECT_EQ(error.error, ErrorCode::timeout);
}

TEST(Selector, PrefersWhatRunsAndWhatOthersAgreeWith) {
  const Selector selector = Selector::standard();
  const std::vector<Candidate> candidates = {
      candidate({column(name), symbol(Symbol::end)}, -0.9),
      candidate({column(country), symbol(Symbol::end)}, -1.1)};
  CandidateOutcome error;
  error.error = ErrorCode::sql_rejected;
  const std::vector<CandidateOutcome> outcomes = {error, rows(3)};
  const auto scores = selector.scores(linker().link("x"), linker().schema(), candidates, outcomes);
  EXPECT_LT(scores[0], scores[1]);
}

TEST(Selector, TextIsReadBackAsItWasWritten) {
  rc::check("round trip", [] {
    SelectionFeatures weights{};
    for (double& weight : weights) weight = *rc::gen::inRange(-1000, 1000) / 7.0;
    const Selector selector(weights);
    const auto again = Selector::from_text(selector.to_text());
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->to_text() == selector.to_text());
    RC_ASSERT(again->score(weights) == selector.score(weights));
  });
}

TEST(Selector, WrongTextIsRefusedWithItsLine) {
  EXPECT_TRUE(Selector::from_text("# comment\n\n  steps -0.25  \r\n"));
  for (const char* wrong : {"\nsteps", "\nsteps x", "\nno_such 1", "\nsteps 1 2", "\nsteps nan",
                            "\nsteps inf", "\nsteps 1e999"}) {
    const auto selector = Selector::from_text(wrong);
    ASSERT_FALSE(selector) << wrong;
    EXPECT_EQ(selector.error().code, ErrorCode::invalid_argument);
    EXPECT_THAT(selector.error().message, HasSubstr("line 2"));
  }
}

/// Questions in which a hidden rule decides which candidate is right.
std::vector<SelectionExample> examples_by_rule(int questions, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::vector<SelectionExample> examples;
  for (int q = 0; q < questions; ++q) {
    SelectionExample example;
    double best = -1e9;
    std::size_t best_at = 0;
    for (std::size_t c = 0; c < 8; ++c) {
      SelectionFeatures row{};
      for (double& feature : row) feature = normal(random);
      row[static_cast<std::size_t>(any_values)] = 1;  // never differs: no use
      const double hidden = 2 * at(row, log_probability) - 3 * at(row, empty) + at(row, votes);
      if (hidden > best) {
        best = hidden;
        best_at = c;
      }
      example.candidates.push_back(row);
    }
    example.right.assign(8, false);
    example.right[best_at] = true;
    examples.push_back(std::move(example));
  }
  return examples;
}

TEST(SelectorFit, FindsTheRuleThatDecides) {
  const auto selector = fit_selector(examples_by_rule(600, 1));
  ASSERT_TRUE(selector);
  int right = 0;
  const auto unseen = examples_by_rule(300, 2);
  for (const auto& example : unseen) {
    std::size_t best = 0;
    for (std::size_t c = 1; c < example.candidates.size(); ++c)
      if (selector->score(example.candidates[c]) > selector->score(example.candidates[best]))
        best = c;
    right += example.right[best] ? 1 : 0;
  }
  EXPECT_GT(right, 270);
  EXPECT_THAT(selector->to_text(), ::testing::Not(HasSubstr("any_values")));
}

TEST(SelectorFit, IsDeterministic) {
  const auto examples = examples_by_rule(50, 3);
  EXPECT_EQ(fit_selector(examples)->to_text(), fit_selector(examples)->to_text());
}

TEST(SelectorFit, NeedsQuestionsThatTeach) {
  EXPECT_FALSE(fit_selector({}));
  auto examples = examples_by_rule(5, 4);
  for (auto& example : examples) example.right.assign(8, true);
  EXPECT_EQ(fit_selector(examples).error().code, ErrorCode::invalid_argument);
  examples.front().right.pop_back();
  EXPECT_EQ(fit_selector(examples).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace idi::parser
