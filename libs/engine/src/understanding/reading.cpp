#include "understanding/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "idi/core/text.hpp"
#include "idi/dialogue/rewriter.hpp"
#include "idi/engine/starters.hpp"
#include "understanding/chart_request.hpp"
#include "understanding/schema_names.hpp"

namespace idi::engine {
namespace {

Result<std::vector<std::string>> clean_keywords(const std::vector<std::string>& keywords) {
  if (keywords.size() > max_keywords) {
    return make_error(
        ErrorCode::limit_exceeded,
        fmt::format("there are {} keywords; at most {} are read", keywords.size(), max_keywords),
        "Name only the words that matter most.");
  }
  std::vector<std::string> clean;
  for (const std::string& keyword : keywords) {
    if (text::trim(keyword).empty()) continue;
    if (keyword.size() > max_keyword_bytes) {
      return make_error(ErrorCode::limit_exceeded,
                        fmt::format("a keyword has {} bytes; at most {} are read", keyword.size(),
                                    max_keyword_bytes),
                        "Keywords are words to look for; put the rest into the question.");
    }
    IDI_TRY(clean.emplace_back(), clean_question(keyword));
  }
  return clean;
}

/// Without pictures: "sales per month, as a line chart" is continued as "sales per month".
std::vector<dialogue::Exchange> history_of(const std::vector<ConversationTurn>& conversation,
                                           const SchemaNames& names) {
  std::vector<dialogue::Exchange> history;
  for (const ConversationTurn& turn : conversation) {
    history.push_back({take_chart_request(turn.question, names).rest, turn.sql});
    if (history.back().question.empty()) history.back().question = turn.question;
  }
  return history;
}

std::string with_chart(std::string question, const std::optional<chart::Kind>& chart) {
  while (!question.empty() && std::string_view(".?! ").find(question.back()) != std::string::npos) {
    question.pop_back();
  }
  if (chart) question += ", as " + chart_in_words(*chart);
  return question;
}

/// A picture of "customers by country" needs numbers: it is of their number by country. Empty: the
/// question says what to draw.
std::string counted_for_picture(const std::string& question, const SchemaNames& names) {
  const Words words = link::tokenize(question);
  const auto mentions = names.tables_in(words);
  if (mentions.empty()) return {};
  const std::size_t first = lower_at(words, 0) == "the" || lower_at(words, 0) == "all" ? 1 : 0;
  const TableMention& table = mentions.front();
  const std::string_view next = lower_at(words, table.begin + table.length);
  if (table.begin != first || !one_of(next, {"by", "per", "across"})) return {};
  return "number of " + question.substr(words[first].begin);
}

Error nothing_to_draw(const Schema& schema) {
  const auto questions = starter_questions(schema, 1);
  return make_error(
      ErrorCode::unanswerable, "there is nothing to draw yet",
      fmt::format("Ask a question first{}; then say how to show its answer.",
                  questions.empty() ? std::string()
                                    : fmt::format(", for example \"{}\"", questions.front())));
}

}  // namespace

Result<Reading> read_question(const Question& question, const link::Linker& linker,
                              const SchemaNames& names) {
  Reading reading;
  IDI_TRY(const std::string clean, clean_question(question.text));
  IDI_TRY(reading.keywords, clean_keywords(question.keywords));
  IDI_TRY(reading.understanding, understand(clean, names));
  const auto history = history_of(question.conversation, names);
  if (reading.understanding.intent == Intent::data && reading.understanding.question != clean) {
    std::string counted = counted_for_picture(reading.understanding.question, names);
    if (!counted.empty()) {
      reading.standalone_question = with_chart(counted, reading.understanding.chart);
      reading.understanding.question = std::move(counted);
      return reading;
    }
  }

  if (reading.understanding.intent == Intent::redraw) {
    const auto last = std::find_if(history.rbegin(), history.rend(),
                                   [](const auto& exchange) { return !exchange.sql.empty(); });
    if (last == history.rend() || question.standalone) return nothing_to_draw(linker.schema());
    reading.last_sql = last->sql;
    reading.standalone_question = with_chart(last->question, reading.understanding.chart);
    return reading;
  }
  if (question.standalone || history.empty() || reading.understanding.intent != Intent::data) {
    return reading;
  }
  const auto rewriting = dialogue::rewrite(reading.understanding.question, history, linker);
  if (!rewriting.is_follow_up) return reading;
  // Read anew: "and of products?" after "which columns does orders have?" is about the schema.
  const auto chart = reading.understanding.chart;
  IDI_TRY(const std::string whole, clean_question(rewriting.question));
  IDI_TRY(reading.understanding, understand(whole, names));
  if (chart) reading.understanding.chart = chart;
  reading.standalone_question = chart ? with_chart(whole, chart) : whole;
  return reading;
}

}  // namespace idi::engine
