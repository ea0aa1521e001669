#include "idi/llm/language_model.hpp"

#include <utility>

#include "llama_server_model.hpp"
#include "openai_model.hpp"
#include "server_connection.hpp"
#include "server_error.hpp"

namespace idi::llm {
namespace {

bool is_refusal(int status) { return status == 401 || status == 403; }

bool is_llama_server(const json::object& props) {
  // With "role":"router" it only hands on to servers of one model each, by OpenAI's interface.
  return props.contains("default_generation_settings") && text_in(props, "role") != "router";
}

}  // namespace

Result<std::shared_ptr<LanguageModel>> open_language_model(const Endpoint& endpoint,
                                                           Deadline deadline,
                                                           std::stop_token stop) {
  const Patience patience{deadline, std::move(stop)};
  auto connection = std::make_unique<ServerConnection>(endpoint);
  IDI_TRY(const Reply props, connection->get("/props", patience));
  if (is_refusal(props.status)) return error_of_response(props.status, props.body);
  if (props.status == 200) {
    const auto object = parse_object(props.body);
    if (object && is_llama_server(*object)) {
      return open_llama_server(std::move(connection), endpoint, *object, patience);
    }
  }
  IDI_TRY(const Reply models, connection->get("/v1/models", patience));
  if (is_refusal(models.status)) return error_of_response(models.status, models.body);
  const auto object = models.status == 200 ? parse_object(models.body) : std::nullopt;
  if (!object || !object->contains("data")) {
    return no_sense("is neither llama-server nor speaks OpenAI's interface", models.body);
  }
  return open_openai(std::move(connection), endpoint, *object);
}

}  // namespace idi::llm
