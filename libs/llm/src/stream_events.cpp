#include "stream_events.hpp"

#include "json.hpp"
#include "server_error.hpp"

namespace idi::llm {
namespace {

Timings read_timings(const json::object& object) {
  Timings timings;
  timings.cached_tokens = int_in(object, "cache_n");
  timings.prompt_tokens = timings.cached_tokens + int_in(object, "prompt_n");
  timings.generated_tokens = int_in(object, "predicted_n");
  timings.prompt_ms = number_in(object, "prompt_ms").value_or(0);
  timings.generation_ms = number_in(object, "predicted_ms").value_or(0);
  return timings;
}

/// A list of {"logprob": …}.
void take_listed(const json::array* list, Piece& piece) {
  if (!list) return;
  for (const auto& entry : *list) {
    const auto* token = entry.if_object();
    const auto logprob = token ? number_in(*token, "logprob") : std::nullopt;
    if (!logprob) continue;
    piece.log_probability += *logprob;
    ++piece.listed_tokens;
  }
}

/// OpenAI: chat {"content":[{"logprob":…}]}, text {"token_logprobs":[…]}.
void take_openai_logprobs(const json::object& choice, Piece& piece) {
  const auto* logprobs = object_in(choice, "logprobs");
  if (!logprobs) return;
  take_listed(array_in(*logprobs, "content"), piece);
  const auto* numbers = array_in(*logprobs, "token_logprobs");
  if (!numbers) return;
  for (const auto& number : *numbers) {
    if (!number.is_number()) continue;
    piece.log_probability += number.to_number<double>();
    ++piece.listed_tokens;
  }
}

Piece read_choice(const json::object& choice) {
  Piece piece;
  piece.candidate = int_in(choice, "index");
  const auto* delta = object_in(choice, "delta");
  piece.text = delta ? text_in(*delta, "content") : text_in(choice, "text");
  take_openai_logprobs(choice, piece);
  const auto reason = text_in(choice, "finish_reason");
  piece.ended = !reason.empty();
  piece.complete = piece.ended && reason != "length";
  return piece;
}

}  // namespace

Result<StreamStep> read_llama_event(std::string_view data) {
  StreamStep step;
  if (data == "[DONE]") {
    step.last = true;
    return step;
  }
  const auto object = parse_object(data);
  if (!object) return no_sense("sent an event that is no JSON", data);
  if (object->contains("error")) return error_of_object(*object);
  if (!object->contains("content")) return no_sense("sent an event of another kind", data);
  Piece piece;
  piece.candidate = int_in(*object, "index");
  piece.text = text_in(*object, "content");
  piece.tokens = int_in(*object, "tokens_predicted");
  take_listed(array_in(*object, "completion_probabilities"), piece);
  piece.ended = is_true_in(*object, "stop");
  if (piece.ended) {
    const auto reason = text_in(*object, "stop_type");
    piece.complete = reason == "eos" || reason == "word";
    piece.slot = int_in(*object, "id_slot", -1);
    if (const auto* timings = object_in(*object, "timings")) step.timings = read_timings(*timings);
  }
  step.pieces.push_back(std::move(piece));
  return step;
}

Result<StreamStep> read_openai_event(std::string_view data) {
  StreamStep step;
  if (data == "[DONE]") {
    step.last = true;
    return step;
  }
  const auto object = parse_object(data);
  if (!object) return no_sense("sent an event that is no JSON", data);
  if (object->contains("error") || text_in(*object, "object") == "error") {
    return error_of_object(*object);
  }
  const auto* choices = array_in(*object, "choices");
  if (!choices) return no_sense("sent an event of another kind", data);
  for (const auto& value : *choices) {
    const auto* choice = value.if_object();
    if (!choice) return no_sense("sent an event of another kind", data);
    step.pieces.push_back(read_choice(*choice));
  }
  if (const auto* timings = object_in(*object, "timings")) {
    step.timings = read_timings(*timings);
  } else if (const auto* usage = object_in(*object, "usage")) {
    step.timings.emplace();
    step.timings->prompt_tokens = int_in(*usage, "prompt_tokens");
    step.timings->generated_tokens = int_in(*usage, "completion_tokens");
    if (const auto* details = object_in(*usage, "prompt_tokens_details")) {
      step.timings->cached_tokens = int_in(*details, "cached_tokens");
    }
  }
  return step;
}

}  // namespace idi::llm
