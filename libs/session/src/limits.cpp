#include "limits.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "idi/core/text.hpp"
#include "naming.hpp"

namespace idi::session {
namespace {

Result<std::string> checked_line(std::string_view text, std::string_view what,
                                 std::size_t max_bytes) {
  // Before the work on it, so that an endless text costs nothing; after it, since replacement
  // characters are longer than what they replace.
  IDI_CHECK(checked_text(text, what, max_bytes));
  return checked_text(one_line(text), what, max_bytes);
}

Result<std::vector<std::string>> checked_tags(const std::vector<std::string>& given) {
  std::vector<std::string> tags;
  for (const std::string& each : given) {
    IDI_TRY(std::string tag, checked_line(each, "tag", max_tag_bytes));
    if (tag.empty() || std::find(tags.begin(), tags.end(), tag) != tags.end()) continue;
    if (tags.size() == max_tags) {
      return make_error(ErrorCode::limit_exceeded,
                        fmt::format("A session can have {} tags at most", max_tags),
                        "Leave some of them out.");
    }
    tags.push_back(std::move(tag));
  }
  return tags;
}

}  // namespace

Result<std::string> checked_text(std::string_view text, std::string_view what,
                                 std::size_t max_bytes) {
  if (text.size() <= max_bytes) {
    std::string valid = text::to_valid_utf8(text);
    if (valid.size() <= max_bytes) return valid;
  }
  return make_error(ErrorCode::limit_exceeded,
                    fmt::format("The {} is longer than {} bytes", what, max_bytes), "Shorten it.");
}

Result<SessionChange> checked(const SessionChange& change) {
  SessionChange good;
  if (change.name) {
    IDI_TRY(good.name, checked_line(*change.name, "name of the session", max_name_bytes));
  }
  if (change.description) {
    IDI_TRY(good.description,
            checked_text(*change.description, "description", max_description_bytes));
  }
  if (change.tags) {
    IDI_TRY(good.tags, checked_tags(*change.tags));
  }
  return good;
}

Result<NewTurn> checked(const NewTurn& turn) {
  NewTurn good;
  IDI_TRY(good.question, checked_text(turn.question, "question", max_question_bytes));
  IDI_TRY(good.sql, checked_text(turn.sql, "SQL", max_sql_bytes));
  good.written_by_person = turn.written_by_person;
  if (turn.clarifies < 0) {
    return make_error(ErrorCode::invalid_argument, "There is no turn with a negative number");
  }
  good.clarifies = turn.clarifies;
  if (turn.chosen) {
    IDI_TRY(good.chosen, checked(*turn.chosen));
  }
  return good;
}

Result<Resolution> checked(const Resolution& resolution) {
  if (resolution.clarification.empty() || resolution.option.empty()) {
    return make_error(ErrorCode::invalid_argument, "A choice needs a question and an answer");
  }
  Resolution good;
  const auto take = [](const std::string& given) {
    return checked_text(given, "choice", max_resolution_bytes);
  };
  IDI_TRY(good.clarification, take(resolution.clarification));
  IDI_TRY(good.option, take(resolution.option));
  IDI_TRY(good.phrase, take(resolution.phrase));
  IDI_TRY(good.label, take(resolution.label));
  return good;
}

Result<FinishedTurn> checked(const FinishedTurn& turn) {
  if (turn.state == TurnState::running) {
    return make_error(ErrorCode::invalid_argument, "A finished turn cannot be running");
  }
  FinishedTurn good;
  good.state = turn.state;
  IDI_TRY(good.standalone_question,
          checked_text(turn.standalone_question, "question", max_question_bytes));
  IDI_TRY(good.sql, checked_text(turn.sql, "SQL", max_sql_bytes));
  IDI_TRY(good.document, checked_text(turn.document, "answer", max_document_bytes));
  return good;
}

Result<TurnChange> checked(const TurnChange& change) {
  TurnChange good;
  good.verdict = change.verdict;
  if (change.comment) {
    IDI_TRY(good.comment, checked_text(*change.comment, "comment", max_comment_bytes));
  }
  if (change.chart_choice) {
    IDI_TRY(good.chart_choice,
            checked_text(*change.chart_choice, "choice of the chart", max_chart_choice_bytes));
  }
  return good;
}

Result<std::vector<std::string>> search_words(std::string_view search) {
  IDI_TRY(const std::string line, checked_line(search, "search", max_search_bytes));
  std::vector<std::string> words = text::split(text::fold_case(line), ' ');
  std::erase(words, "");
  return words;
}

}  // namespace idi::session
