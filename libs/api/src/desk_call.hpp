// A call that is answered on the desk: what may block never does so on the network thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "idi/core/result.hpp"
#include "json.hpp"
#include "router.hpp"
#include "task_pool.hpp"

namespace idi::api {

/// Makes the body of a 2xx answer.
using Answering = std::function<Result<std::string>()>;

/// Responds 429 if the desk is full, 503 if it is closed.
void answer_on(TaskPool& desk, const Call& call, int status, Answering answering);

/// The body as an object, an absent one as an empty object if it is optional; nullopt after it was
/// refused (400, 415).
enum class Body { required, optional };
[[nodiscard]] std::optional<json::object> json_body(const Call& call, Body body);

/// The turn_id among the arguments; nullopt after it was refused (404).
[[nodiscard]] std::optional<std::int64_t> turn_id_of(const Call& call);

}  // namespace idi::api
