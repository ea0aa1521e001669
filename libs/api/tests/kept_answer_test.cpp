// Any answer leaves as a message of the protocol, and comes back from the disk as it was.
#include "kept_answer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>

#include "idi/core/text.hpp"
#include "message_schema.hpp"

namespace idi::api {
namespace {

const AnsweredTurn some_turn{"s_Zm9vYmFyYmF6cXV4MTIzNA", 7, "how many?", 1.5};

std::string any_text() { return *rc::gen::arbitrary<std::string>(); }

Value any_cell() {
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return Null{};
    case 1:
      return *rc::gen::arbitrary<std::int64_t>();
    case 2:
      return *rc::gen::arbitrary<double>();
    case 3:
      return *rc::gen::element(Value(INFINITY), Value(-INFINITY), Value(-0.0));
    case 4:
      return Blob{any_text()};
    default:
      return text::to_valid_utf8(any_text());
  }
}

/// What comes back of a cell: bytes of blobs are not sent, and Boost.JSON 1.81 reads some numbers
/// one step beside their value.
bool is_alike(const Value& sent, const Value& back) {
  if (std::holds_alternative<Blob>(sent)) return std::holds_alternative<Blob>(back);
  const auto* real = std::get_if<double>(&sent);
  const auto* again = std::get_if<double>(&back);
  if (!real || !again || !std::isfinite(*real)) return sent == back;
  return std::abs(*real - *again) <= std::abs(*real) * 1e-15;
}

std::size_t any_offset() { return *rc::gen::inRange<std::size_t>(0, 30); }

/// How it was read: ranges may lie anywhere.
void read_somehow(engine::Answer& answer) {
  answer.read_question = any_text();
  answer.sure = *rc::gen::arbitrary<bool>();
  verification::Finding finding;
  finding.kind = static_cast<verification::FindingKind>(*rc::gen::inRange(0, 11));
  finding.text = any_text();
  finding.offers.assign(*rc::gen::inRange<std::size_t>(0, 8), {any_text(), any_text()});
  answer.findings = {finding};
  explanation::Part part;
  part.kind = static_cast<explanation::PartKind>(*rc::gen::inRange(0, 10));
  part.text = any_text();
  part.words = {{any_offset(), any_offset()}};
  answer.explanation.parts = {part};
  answer.explanation.unused_words = {{any_offset(), any_offset()}};
  answer.resolutions = {{any_text(), any_text(), any_text(), any_text()}};
  if (*rc::gen::arbitrary<bool>()) return;
  clarification::Clarification card;
  card.ambiguity = static_cast<clarification::Ambiguity>(*rc::gen::inRange(0, 7));
  card.id = any_text();
  card.begin = any_offset();
  card.end = any_offset();
  card.text = any_text();
  card.options.assign(*rc::gen::inRange<std::size_t>(0, 8), {any_text(), any_text(), any_text()});
  answer.clarification = card;
  if (card.options.size() >= 2) answer.kind = engine::Answer::Kind::clarification;
}

engine::Answer any_answer() {
  engine::Answer answer;
  read_somehow(answer);
  answer.summary = any_text();
  answer.sql = any_text();
  answer.standalone_question = any_text();
  answer.warnings = {any_text()};
  answer.explanation.values = {any_text()};
  answer.confidence = *rc::gen::arbitrary<double>();
  answer.candidates.push_back({any_text(), 0, *rc::gen::element(1.0, double{NAN}, -INFINITY)});
  answer.result.truncated = *rc::gen::arbitrary<bool>();
  const int columns = *rc::gen::inRange(1, 5);
  for (int i = 0; i < columns; ++i) {
    answer.result.columns.push_back(text::to_valid_utf8(any_text()));
    chart::ColumnHint hint;
    hint.type = static_cast<ColumnType>(*rc::gen::inRange(0, 5));
    hint.measure = static_cast<chart::Measure>(*rc::gen::inRange(0, 6));
    hint.coverage = static_cast<chart::Coverage>(*rc::gen::inRange(0, 3));
    hint.key = *rc::gen::arbitrary<bool>();
    answer.column_hints.push_back(hint);
  }
  const int rows = *rc::gen::inRange(0, 20);
  for (int i = 0; i < rows; ++i) {
    Row row;
    for (int j = 0; j < columns; ++j) row.push_back(any_cell());
    answer.result.rows.push_back(std::move(row));
  }
  answer.chart = chart::choose_chart(answer.result, answer.column_hints, any_text());
  return answer;
}

TEST(KeptAnswers, EveryOneHoldsTheSchemaAndComesBack) {
  const bool holds = rc::check("there and back", [] {
    const auto answer = any_answer();
    const auto kept = keep_answer(answer, some_turn, 4 << 20);
    RC_ASSERT(testing::violations("Answer", kept.answer()) == "");
    const auto again = read_document(kept.document());
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->answer() == kept.answer());
    const auto result = result_of(*again);
    RC_ASSERT(result.has_value());
    RC_ASSERT(result->table.columns == answer.result.columns);
    RC_ASSERT(result->table.truncated == answer.result.truncated);
    RC_ASSERT(result->table.rows.size() == answer.result.rows.size());
    for (std::size_t i = 0; i < answer.result.rows.size(); ++i) {
      for (std::size_t j = 0; j < answer.result.columns.size(); ++j) {
        RC_ASSERT(is_alike(answer.result.rows[i][j], result->table.rows[i][j]));
      }
    }
    for (std::size_t j = 0; j < answer.column_hints.size(); ++j) {
      RC_ASSERT(result->hints[j].type == answer.column_hints[j].type);
      RC_ASSERT(result->hints[j].measure == answer.column_hints[j].measure);
      RC_ASSERT(result->hints[j].coverage == answer.column_hints[j].coverage);
      RC_ASSERT(result->hints[j].key == answer.column_hints[j].key);
    }
  });
  EXPECT_TRUE(holds);
}

TEST(KeptAnswers, NoneIsLongerThanItMayBe) {
  const bool holds = rc::check("within its bytes", [] {
    auto answer = any_answer();
    answer.explanation.text = std::string(static_cast<std::size_t>(*rc::gen::inRange(0, 500)), 'x');
    const auto most = static_cast<std::size_t>(*rc::gen::inRange(40'000, 60'000));
    const auto kept = keep_answer(answer, some_turn, most);
    RC_ASSERT(kept.document().size() <= most);
    RC_ASSERT(testing::violations("Answer", kept.answer()) == "");
  });
  EXPECT_TRUE(holds);
}

TEST(KeptAnswers, OthersDocumentsAreNotRead) {
  for (const std::string text : {"", "{}", "[]\n{}\n{}", "\n\n", "[]\n{\"results\":7}\n{}"}) {
    const auto kept = read_document(text);
    EXPECT_FALSE(kept && result_of(*kept)) << text;
  }
}

}  // namespace
}  // namespace idi::api
