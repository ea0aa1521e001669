#include "idi/model_generator/model_service.hpp"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "idi/core/log.hpp"
#include "idi/model_store/memory.hpp"

namespace idi::model_generator {
namespace {

using engine::GeneratorStatus;
using llama_runtime::LlamaServer;
using llama_runtime::ServerState;
using State = GeneratorStatus::State;

constexpr std::chrono::milliseconds look_again_after{25};
constexpr std::int64_t look_at_remote_ms = 10'000;

Error cancelled() { return make_error(ErrorCode::cancelled, "the question was cancelled"); }

/// Told of a child that ended: what it said last is of no use to whoever asks a question.
std::string in_short(const Error& error) {
  return error.hint.empty() ? error.message : fmt::format("{}. {}", error.message, error.hint);
}

/// Whether the weights may go elsewhere than into memory; which cards llama.cpp can use it finds
/// out.
bool has_graphics_card() {
  std::error_code ignored;
  for (const char* device : {"/dev/nvidia0", "/dev/kfd", "/dev/dri/renderD128"}) {
    if (std::filesystem::exists(device, ignored)) return true;
  }
  return false;
}

class DefaultModelService final : public ModelService {
 public:
  explicit DefaultModelService(ModelPlace place)
      : local_(std::holds_alternative<LocalModel>(place)), place_(std::move(place)) {}

  ~DefaultModelService() override {
    background_ = std::jthread();  // asks it to stop and waits: it uses what follows
  }

  void start() override {
    const std::lock_guard lock(start_mutex_);
    if (background_.joinable()) return;
    background_ = std::jthread([this](std::stop_token stop) {
      Waiting waiting;
      if (!local_) waiting.deadline = Deadline::after(std::chrono::milliseconds(look_at_remote_ms));
      waiting.stop = std::move(stop);
      if (const auto opened = open_model(waiting); !opened) {
        if (opened.error().code != ErrorCode::cancelled)
          log::warn("the language model is not ready: {}", in_short(opened.error()));
      }
    });
  }

  Result<Loan> borrow(const Waiting& waiting) override;
  void lost(const Loan& loan) override;
  GeneratorStatus status() const override;
  int child_pid() const override {
    const std::lock_guard lock(mutex_);
    return server_ ? server_->pid() : 0;
  }

 private:
  [[nodiscard]] std::string name() const {
    if (const auto* local = std::get_if<LocalModel>(&place_)) return local->profile.name;
    const auto& endpoint = std::get<llm::Endpoint>(place_);
    return endpoint.model.empty() ? endpoint.url : endpoint.model;
  }

  [[nodiscard]] bool has_adapters() const {
    const auto* local = std::get_if<LocalModel>(&place_);
    return local && !local->profile.adapters.empty();
  }

  /// The model that is open, or a new connection to it. Without a place among its slots.
  Result<std::shared_ptr<llm::LanguageModel>> open_model(const Waiting& waiting);
  Result<std::shared_ptr<llm::LanguageModel>> open_local(const Waiting& waiting);
  Result<std::shared_ptr<LlamaServer>> child();
  Result<std::shared_ptr<LlamaServer>> start_child(const LocalModel& local);
  Status wait_for_place(llm::LanguageModel& model, const Waiting& waiting);
  void give_back() {
    {
      const std::lock_guard lock(mutex_);
      --lent_;
    }
    returned_.notify_all();
  }
  Error remember(Error error) {
    if (error.code == ErrorCode::cancelled || error.code == ErrorCode::timeout) return error;
    const std::lock_guard lock(mutex_);
    failure_ = error;
    return error;
  }

  const bool local_;
  const ModelPlace place_;
  mutable std::mutex mutex_;
  std::condition_variable_any returned_;
  std::shared_ptr<LlamaServer> server_;        ///< Null: none was started.
  std::shared_ptr<llm::LanguageModel> model_;  ///< Null: none is open.
  std::string model_url_;                      ///< Where the open one is.
  std::optional<Error> failure_;               ///< Of the last try to reach it.
  bool opening_ = false;
  int lent_ = 0;
  std::mutex start_mutex_;
  std::jthread background_;
};

Result<std::shared_ptr<LlamaServer>> DefaultModelService::start_child(const LocalModel& local) {
  IDI_TRY(const auto runtime, llama_runtime::find_runtime(local.runtime_prefix));
  if (!runtime) {
    return make_error(ErrorCode::unavailable, "llama.cpp, which runs language models, is missing",
                      "Install it: idi runtime install");
  }
  if (!has_graphics_card()) {
    IDI_CHECK(model_store::check_memory(local.profile,
                                        static_cast<std::uint64_t>(local.server.slots),
                                        model_store::available_memory()));
  }
  llama_runtime::ServerOptions options = local.server;
  options.model = local.profile.file;
  options.context_tokens = local.profile.context_tokens;
  for (const auto& adapter : local.profile.adapters) options.adapters.push_back(adapter.file);
  if (!options.adapters.empty()) {
    // What the server keeps beside its slots it also gives to requests with other adapters.
    options.extra_options.insert(options.extra_options.end(), {"--cache-ram", "0"});
  }
  return LlamaServer::start(*runtime, std::move(options));
}

Result<std::shared_ptr<LlamaServer>> DefaultModelService::child() {
  const std::lock_guard lock(mutex_);
  if (server_) return server_;
  auto started = start_child(std::get<LocalModel>(place_));
  if (!started) {
    failure_ = started.error();
    return started.error();
  }
  failure_.reset();
  server_ = std::move(*started);
  return server_;
}

Result<std::shared_ptr<llm::LanguageModel>> DefaultModelService::open_local(
    const Waiting& waiting) {
  IDI_TRY(const auto server, child());
  const Deadline patience =
      Deadline::after(std::chrono::milliseconds(waiting.max_wait_ms)).at_most(waiting.deadline);
  bool told = false;
  while (true) {
    {
      const std::lock_guard lock(mutex_);
      if (model_ && model_url_ == server->url() && server->state() == ServerState::ready)
        return model_;
    }
    if (server->state() != ServerState::ready && !std::exchange(told, true) && waiting.tell) {
      waiting.tell(server->restarts() == 0 ? "Waiting for the model to load"
                                           : "Waiting for the model to be started again");
    }
    if (const auto ready = server->wait_ready(patience, waiting.stop); !ready) {
      if (ready.error().code == ErrorCode::timeout) {
        return make_error(ErrorCode::unavailable, fmt::format("{} is still loading", name()),
                          "Ask again in a moment, or allow more time.");
      }
      return remember(ready.error());
    }
    const std::string url = server->url();
    llm::Endpoint endpoint{url, server->api_key(), "", has_adapters()};
    auto opened = llm::open_language_model(endpoint, patience, waiting.stop);
    if (opened) {
      const std::lock_guard lock(mutex_);
      failure_.reset();
      model_ = *opened;
      model_url_ = url;
      return model_;
    }
    // A child that has just ended is called ready for some milliseconds more.
    if (opened.error().code != ErrorCode::unavailable || patience.passed())
      return remember(std::move(opened.error()));
    std::this_thread::sleep_for(look_again_after);
    if (waiting.stop.stop_requested()) return cancelled();
  }
}

Result<std::shared_ptr<llm::LanguageModel>> DefaultModelService::open_model(
    const Waiting& waiting) {
  if (local_) return open_local(waiting);
  {
    const std::lock_guard lock(mutex_);
    if (model_) return model_;
    opening_ = true;
  }
  if (waiting.tell) waiting.tell("Connecting to the model's server");
  const Deadline patience =
      Deadline::after(std::chrono::milliseconds(waiting.max_wait_ms)).at_most(waiting.deadline);
  auto opened = llm::open_language_model(std::get<llm::Endpoint>(place_), patience, waiting.stop);
  const std::lock_guard lock(mutex_);
  opening_ = false;
  if (!opened) {
    if (opened.error().code != ErrorCode::cancelled) failure_ = opened.error();
    return opened.error();
  }
  failure_.reset();
  model_ = std::move(*opened);
  return model_;
}

Status DefaultModelService::wait_for_place(llm::LanguageModel& model, const Waiting& waiting) {
  const auto& capabilities = model.capabilities();
  std::unique_lock lock(mutex_);
  const auto is_free = [&] { return !capabilities.slots || lent_ < capabilities.slot_count; };
  if (!is_free() && waiting.tell) {
    lock.unlock();
    waiting.tell("Waiting for the model: other questions come first");
    lock.lock();
  }
  if (waiting.deadline.is_never()) {
    returned_.wait(lock, waiting.stop, is_free);
  } else {
    returned_.wait_until(lock, waiting.stop, waiting.deadline.time_point(), is_free);
  }
  if (waiting.stop.stop_requested()) return cancelled();
  if (!is_free()) {
    return make_error(ErrorCode::timeout, "the language model was busy with other questions",
                      "Ask again in a moment.");
  }
  ++lent_;
  return {};
}

Result<ModelService::Loan> DefaultModelService::borrow(const Waiting& waiting) {
  IDI_TRY(auto model, open_model(waiting));
  IDI_CHECK(wait_for_place(*model, waiting));
  return Loan(std::move(model), [this] { give_back(); });
}

void DefaultModelService::lost(const Loan& loan) {
  const std::lock_guard lock(mutex_);
  if (model_.get() == &loan.model()) model_.reset();
}

GeneratorStatus DefaultModelService::status() const {
  const std::lock_guard lock(mutex_);
  GeneratorStatus status{State::not_started, name(), {}};
  if (model_ && !model_->capabilities().model.empty() && !local_)
    status.name = model_->capabilities().model;
  if (server_) {
    switch (server_->state()) {
      case ServerState::ready:
        status.state = State::ready;
        break;
      case ServerState::failed:
        status.state = State::failed;
        break;
      case ServerState::starting:
      case ServerState::crashed:
      case ServerState::stopped:
        status.state = State::starting;
        break;
    }
  } else if (model_) {
    status.state = State::ready;
  } else if (opening_) {
    status.state = State::starting;
  } else if (failure_) {
    status.state = State::failed;
  }
  if (status.state == State::failed && failure_) status.why = in_short(*failure_);
  return status;
}

}  // namespace

std::shared_ptr<ModelService> ModelService::make(ModelPlace place) {
  return std::make_shared<DefaultModelService>(std::move(place));
}

}  // namespace idi::model_generator
