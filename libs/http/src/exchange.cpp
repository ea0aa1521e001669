#include "exchange.hpp"

#include <utility>

#include "idi/core/assert.hpp"

namespace idi::http {

/// A stream that is so far ahead of its client waits.
constexpr std::size_t max_stream_queue_bytes = 256 << 10;

void ExchangeCore::mark_written(std::size_t bytes) {
  {
    const std::lock_guard lock(mutex_);
    IDI_ASSERT(bytes <= unsent_);  // invariant 1
    unsent_ -= bytes;
  }
  changed_.notify_all();
}

void ExchangeCore::mark_gone() {
  std::function<void()> callback;
  {
    const std::lock_guard lock(mutex_);
    if (gone_ || finished_) return;
    gone_ = true;
    callback = std::exchange(on_gone_, nullptr);
  }
  changed_.notify_all();
  if (callback) callback();  // invariant 2
}

void ExchangeCore::mark_finished() {
  std::function<void()> released;  // invariant 3; destroyed without the mutex
  const std::lock_guard lock(mutex_);
  finished_ = true;
  released = std::exchange(on_gone_, nullptr);
}

/// The handle that handlers hold; its end without a response is a response.
class PendingExchange final : public Exchange {
 public:
  explicit PendingExchange(std::shared_ptr<ExchangeCore> core) : core_(std::move(core)) {}
  PendingExchange(const PendingExchange&) = delete;
  PendingExchange& operator=(const PendingExchange&) = delete;

  ~PendingExchange() override {
    using State = ExchangeCore::State;
    State state;
    {
      const std::lock_guard lock(core_->mutex_);
      state = core_->state_;
    }
    if (state == State::waiting) {
      respond(error_response({ErrorCode::internal, "The request was given up.", "", ""}));
    } else if (state == State::streaming) {
      end_stream(false);
    }
  }

  void respond(Response response) override {
    enter(ExchangeCore::State::waiting, ExchangeCore::State::responded);
    post([response = std::move(response)](ExchangeOwner& owner, const ExchangeCore& core) mutable {
      owner.start_response(core, std::move(response), false);
    });
  }

  void begin_stream(Response response) override {
    enter(ExchangeCore::State::waiting, ExchangeCore::State::streaming);
    post([response = std::move(response)](ExchangeOwner& owner, const ExchangeCore& core) mutable {
      owner.start_response(core, std::move(response), true);
    });
  }

  bool write(std::string chunk) override {
    IDI_ASSERT(!core_->loop_->on_network_thread());
    {
      std::unique_lock lock(core_->mutex_);
      IDI_ASSERT(core_->state_ == ExchangeCore::State::streaming);
      core_->changed_.wait(lock,
                           [&] { return core_->gone_ || core_->unsent_ < max_stream_queue_bytes; });
      if (core_->gone_ || core_->head_only_) return false;
      if (chunk.empty()) return true;
      core_->unsent_ += chunk.size();
    }
    post([chunk = std::move(chunk)](ExchangeOwner& owner, const ExchangeCore& core) mutable {
      owner.append(core, std::move(chunk));
    });
    return true;
  }

  void end_stream(bool complete) override {
    enter(ExchangeCore::State::streaming, ExchangeCore::State::responded);
    post([complete](ExchangeOwner& owner, const ExchangeCore& core) {
      owner.end_stream(core, complete);
    });
  }

  void on_gone(std::function<void()> callback) override {
    {
      const std::lock_guard lock(core_->mutex_);
      if (core_->finished_) return;
      if (!core_->gone_) {
        core_->on_gone_ = std::move(callback);
        return;
      }
    }
    // After the server's end there is no network thread left to run it on.
    if (!core_->loop_->post(callback)) callback();
  }

 private:
  void enter(ExchangeCore::State from, ExchangeCore::State to) {
    const std::lock_guard lock(core_->mutex_);
    IDI_ASSERT(core_->state_ == from);
    core_->state_ = to;
  }

  template <typename Step>
  void post(Step step) {
    core_->loop_->post([core = core_, step = std::move(step)]() mutable {
      if (const auto owner = core->owner_.lock()) step(*owner, *core);
    });
  }

  const std::shared_ptr<ExchangeCore> core_;
};

std::shared_ptr<Exchange> make_exchange(std::shared_ptr<ExchangeCore> core) {
  return std::make_shared<PendingExchange>(std::move(core));
}

}  // namespace idi::http
