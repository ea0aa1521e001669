// Any bytes as what a client sends: a message, a form, a chart choice, a session. Read or refused
// with a message; what is read keeps to its limits.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "idi/core/text.hpp"
#include "kept_answer.hpp"
#include "query/kept_card.hpp"
#include "query/protocol.hpp"
#include "request_body.hpp"
#include "sessions/protocol.hpp"
#include "tables/protocol.hpp"
#include "turns/protocol.hpp"
#include "visualization.hpp"

using namespace idi;       // NOLINT: a main file
using namespace idi::api;  // NOLINT

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

void check_refusal(const Error& error) {
  demand(!error.message.empty() && text::is_valid_utf8(error.message));
}

void read_message(std::string_view text) {
  const auto message = parse_client_message(text);
  if (!message) return check_refusal(message.error());
  if (const auto* query = std::get_if<QueryMessage>(&*message)) {
    demand(query->query.size() <= max_query_bytes && query->keywords.size() <= max_keywords);
    demand(text::is_valid_utf8(query->query));
  }
}

void read_object(const json::object& object) {
  if (const auto request = parse_query_request(object); !request) check_refusal(request.error());
  if (const auto chosen = parse_clarify_request(object); !chosen) check_refusal(chosen.error());
  if (const auto which = clarification_from_json(object); !which) check_refusal(which.error());
  if (const auto change = session_change_from_json(object); !change) check_refusal(change.error());
  if (const auto query = session_query_from_json(object); !query) check_refusal(query.error());
  if (const auto feedback = feedback_from_json(object); !feedback) check_refusal(feedback.error());
  const auto choice = choice_from_json(object);
  if (!choice) return check_refusal(choice.error());
  demand(choice_from_json(*parse_object(choice_text(*choice), "it")).has_value());
}

void read_card(std::string_view text) {
  session::Turn turn;
  turn.state = session::TurnState::answered;
  turn.document = text;
  if (const auto chosen = chosen_on_card(turn, {1, "a", "b"}); !chosen) {
    check_refusal(chosen.error());
  }
}

void read_name(std::string_view text) {
  for (const char c : disposition_of(text, table_file::Format::csv)) {
    demand(static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read_message(text);
  if (const auto object = parse_object(text, "it")) read_object(*object);
  if (const auto form = form_object(text)) read_object(*form);
  if (const auto kept = read_document(text)) static_cast<void>(result_of(*kept));
  read_card(text);
  read_name(text);
  return 0;
}
