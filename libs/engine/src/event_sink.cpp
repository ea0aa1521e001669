#include "idi/engine/event_sink.hpp"

namespace idi::engine {
namespace {
class NoEvents final : public EventSink {
 public:
  void on_progress(const Progress&) override {}
};
}  // namespace

EventSink& no_events() {
  static NoEvents sink;
  return sink;
}

std::string_view phase_name(Phase phase) noexcept {
  switch (phase) {
    case Phase::understanding:
      return "understanding";
    case Phase::context:
      return "context";
    case Phase::generating:
      return "generating";
    case Phase::verifying:
      return "verifying";
    case Phase::executing:
      return "executing";
    case Phase::visualizing:
      return "visualizing";
  }
  return "unknown";
}

}  // namespace idi::engine
