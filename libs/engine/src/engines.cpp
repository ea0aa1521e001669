#include "idi/engine/engines.hpp"

namespace idi::engine {

std::string_view policy_name(Policy policy) noexcept {
  switch (policy) {
    case Policy::fast:
      return "fast";
    case Policy::careful:
      return "careful";
    case Policy::model:
      return "model";
  }
  return "unknown";
}

std::optional<Policy> policy_from_name(std::string_view name) noexcept {
  for (const Policy policy : {Policy::fast, Policy::careful, Policy::model}) {
    if (policy_name(policy) == name) return policy;
  }
  return std::nullopt;
}

std::string_view generator_state_name(GeneratorStatus::State state) noexcept {
  switch (state) {
    case GeneratorStatus::State::ready:
      return "ready";
    case GeneratorStatus::State::not_started:
      return "not_started";
    case GeneratorStatus::State::starting:
      return "starting";
    case GeneratorStatus::State::failed:
      return "failed";
  }
  return "unknown";
}

Result<Generation> SqlGenerator::repair(const link::LinkedQuestion&, const link::Linker&,
                                        const FailedStatement&, const GenerateOptions&) const {
  return make_error(ErrorCode::unanswerable, "this engine does not learn from a failed statement");
}

GeneratorStatus SqlGenerator::status() const {
  return {GeneratorStatus::State::ready, description(), {}};
}

}  // namespace idi::engine
