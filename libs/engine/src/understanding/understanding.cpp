#include "idi/engine/understanding.hpp"

#include <fmt/format.h>

#include "idi/core/text.hpp"
#include "understanding/change_request.hpp"
#include "understanding/chart_request.hpp"
#include "understanding/reading.hpp"
#include "understanding/schema_question.hpp"
#include "understanding/small_talk.hpp"

namespace idi::engine {

Result<std::string> clean_question(std::string_view question) {
  if (question.size() > max_question_bytes) {
    return make_error(ErrorCode::limit_exceeded,
                      fmt::format("the question has {} bytes; at most {} are read", question.size(),
                                  max_question_bytes),
                      "Ask one thing in one or two sentences.");
  }
  if (!text::is_valid_utf8(question)) {
    return make_error(ErrorCode::invalid_argument, "the question is not valid UTF-8 text",
                      "Set the terminal (or the program that sends it) to UTF-8.");
  }
  std::string clean;
  bool blank = false;
  for (const char c : question) {
    // Control characters of all kinds separate words; nothing of them is to reach a terminal.
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f) {
      blank = !clean.empty();
      continue;
    }
    if (blank) clean += ' ';
    blank = false;
    clean += c;
  }
  if (clean.empty()) {
    return make_error(ErrorCode::invalid_argument, "the question is empty",
                      "Ask something, for example: how many customers are there?");
  }
  return clean;
}

Result<Understanding> understand(std::string_view question, const Schema& schema) {
  return understand(question, SchemaNames(schema));
}

Result<Understanding> understand(std::string_view question, const SchemaNames& names) {
  const ChartRequest chart = take_chart_request(question, names);
  Understanding understood;
  if (chart.is_made && chart.rest.empty()) {
    understood.intent = Intent::redraw;
  } else {
    // Also in what a request for a picture hides: "plot it, then delete all orders".
    if (const auto verb = change_asked_for(question, names)) return refused_change(*verb);
    if (const auto verb = change_asked_for(chart.rest, names)) return refused_change(*verb);
    const SmallTalk talk = small_talk_in(chart.rest, names);
    if (talk != SmallTalk::none) return reply_to(talk, names.schema());
    if (auto about_schema = schema_question(chart.rest, names)) {
      understood = std::move(*about_schema);
    }
  }
  understood.question = chart.rest;
  understood.chart = chart.kind;
  return understood;
}

}  // namespace idi::engine
