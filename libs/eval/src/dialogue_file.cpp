#include "dialogue_file.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <utility>

#include "idi/core/text.hpp"
#include "idi/eval/dialogue.hpp"
#include "whole_file.hpp"

namespace idi::eval {
namespace {

namespace json = boost::json;

constexpr std::uintmax_t max_file_bytes = std::uintmax_t{1} << 30;

Error wrong(const std::string& where, std::string_view what) {
  return make_error(ErrorCode::invalid_argument, fmt::format("{}: {}", where, what),
                    R"(a dialogue is {"db_id": "...", "turns": [{"question": "...", "query": )"
                    R"("..."}]}, or as SParC writes it)");
}

Result<json::value> parsed(std::string_view text, const std::string& where) {
  boost::system::error_code failure;
  json::value value = json::parse(text, failure);
  if (failure) return wrong(where, "this is no JSON (" + failure.message() + ")");
  return value;
}

/// The first of these members that is a text.
std::optional<std::string> text_of(const json::object& object,
                                   std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const json::value* value = object.if_contains(name);
    if (value && value->is_string()) return std::string(value->get_string());
  }
  return std::nullopt;
}

Result<DialogueTurn> turn_of(const json::value& value, const std::string& where) {
  if (!value.is_object()) return wrong(where, "a turn is no JSON object");
  const json::object& object = value.get_object();
  auto question = text_of(object, {"question", "utterance"});
  auto query = text_of(object, {"query"});
  if (!question) return wrong(where, "a turn has no \"question\"");
  if (!query) return wrong(where, "a turn has no \"query\"");
  return DialogueTurn{std::move(*question), std::move(*query)};
}

Result<Dialogue> dialogue_of(const json::value& value, const std::string& where) {
  if (!value.is_object()) return wrong(where, "the dialogue is no JSON object");
  const json::object& object = value.get_object();
  Dialogue dialogue;
  auto db_id = text_of(object, {"db_id", "database_id"});
  if (!db_id) return wrong(where, "\"db_id\" is missing or no text");
  dialogue.db_id = std::move(*db_id);
  const json::value* turns = object.if_contains("turns");
  if (!turns) turns = object.if_contains("interaction");
  if (!turns || !turns->is_array()) return wrong(where, "\"turns\" is missing or no array");
  if (turns->get_array().size() > max_turns) {
    return make_error(ErrorCode::limit_exceeded, where + ": too many turns",
                      fmt::format("at most {} in one dialogue", max_turns));
  }
  for (const json::value& turn : turns->get_array()) {
    IDI_TRY(DialogueTurn read, turn_of(turn, where));
    dialogue.turns.push_back(std::move(read));
  }
  return dialogue;
}

Status add(std::vector<Dialogue>& dialogues, const json::value& value, const std::string& where) {
  if (dialogues.size() >= max_dialogues) {
    return make_error(ErrorCode::limit_exceeded, where + ": too many dialogues",
                      fmt::format("at most {} in one file", max_dialogues));
  }
  IDI_TRY(Dialogue dialogue, dialogue_of(value, where));
  if (!dialogue.turns.empty()) dialogues.push_back(std::move(dialogue));
  return {};
}

}  // namespace

Result<std::vector<Dialogue>> parse_dialogues(std::string_view content, std::string_view name) {
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  std::vector<Dialogue> dialogues;
  const std::string_view trimmed = text::trim(content);
  if (trimmed.starts_with('[')) {
    IDI_TRY(const json::value whole, parsed(trimmed, std::string(name)));
    std::size_t number = 0;
    for (const json::value& value : whole.get_array()) {
      IDI_CHECK(add(dialogues, value, fmt::format("{}, record {}", name, ++number)));
    }
  } else {
    std::size_t number = 0;
    while (!content.empty()) {
      const std::string where = fmt::format("{}, line {}", name, ++number);
      const std::size_t end = content.find('\n');
      const std::string_view line = text::trim(content.substr(0, end));
      content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
      if (line.empty()) continue;
      IDI_TRY(const json::value value, parsed(line, where));
      IDI_CHECK(add(dialogues, value, where));
    }
  }
  if (dialogues.empty()) return wrong(std::string(name), "the file holds no dialogue");
  return dialogues;
}

Result<std::vector<Dialogue>> read_dialogues(const std::filesystem::path& file) {
  IDI_TRY(const std::string content, read_file(file, max_file_bytes));
  return parse_dialogues(content, file.string());
}

}  // namespace idi::eval
