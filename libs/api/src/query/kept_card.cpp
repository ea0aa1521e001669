#include "query/kept_card.hpp"

#include <boost/json/parse.hpp>
#include <exception>
#include <string_view>

#include "kept_answer.hpp"
#include "reading_json.hpp"

namespace idi::api {
namespace {

Error no_card() {
  return make_error(ErrorCode::invalid_argument, "the answer of this turn has no such card",
                    "Load the conversation again.");
}

std::string_view text_of(const json::value& value) {
  const auto& text = value.as_string();
  return {text.data(), text.size()};
}

/// The words that the card is about.
std::string phrase_of(const json::object& answer, const json::object& card) {
  const auto* phrase = card.if_contains("phrase");
  if (!phrase) return {};
  const auto* text = answer.if_contains("read_question");
  if (!text) text = answer.if_contains("standalone_question");
  if (!text) text = &answer.at("question");
  return part_of(text_of(*text), phrase->at("begin").to_number<std::size_t>(),
                 phrase->at("end").to_number<std::size_t>());
}

Result<session::Resolution> choose(const json::object& answer, const Choice& choice) {
  const auto* found = answer.if_contains("clarification");
  if (!found || text_of(found->at("id")) != choice.clarification) return no_card();
  const auto& card = found->as_object();
  for (const auto& option : card.at("options").as_array()) {
    if (text_of(option.at("id")) != choice.option) continue;
    session::Resolution resolution;
    resolution.clarification = choice.clarification;
    resolution.option = choice.option;
    resolution.phrase = phrase_of(answer, card);
    resolution.label = text_of(option.at("label"));
    return resolution;
  }
  return make_error(ErrorCode::invalid_argument, "the card has no such option",
                    "Choose one of those that it lists.");
}

}  // namespace

Result<session::Resolution> chosen_on_card(const session::Turn& turn, const Choice& choice) {
  if (turn.state != session::TurnState::answered || turn.document.empty()) return no_card();
  IDI_TRY(const auto kept, read_document(turn.document));
  try {
    const auto answer = json::parse({kept.body.data(), kept.body.size()});
    return choose(answer.as_object(), choice);
  } catch (const std::exception&) {
    // Not a document of ours, or damaged on the disk.
    return make_error(ErrorCode::internal, "the answer that was kept cannot be read");
  }
}

}  // namespace idi::api
