#include "about/service.hpp"

#include <utility>

#include "about/protocol.hpp"
#include "idi/engine/starters.hpp"

namespace idi::api {
namespace {

constexpr std::size_t max_starters = 8;

}  // namespace

AboutService::AboutService(std::shared_ptr<engine::CurrentSource> source, engine::Engines engines,
                           std::string version, Documents documents, int workers,
                           const QueryService& queries)
    : version_(std::move(version)),
      source_(std::move(source)),
      engines_(std::move(engines)),
      generator_(engines_.parser->description()),
      documents_(std::move(documents)),
      workers_(workers),
      queries_(queries) {}

void AboutService::set_connection_counter(std::function<int()> count) {
  const std::lock_guard lock(mutex_);
  connection_count_ = std::move(count);
}

std::string AboutService::schema() {
  source_->look();
  auto source = source_->get();
  const std::lock_guard lock(mutex_);
  if (described_ != source) {
    const Schema& now = source->schema();
    schema_ = schema_text(now, engine::starter_questions(now, max_starters));
    described_ = std::move(source);
  }
  return schema_;
}

std::string AboutService::health() const {
  Health health;
  health.stopping = queries_.is_stopping();
  health.version = version_;
  health.database = source_->get()->schema().name;
  health.generator = generator_;
  if (engines_.model) health.model = engines_.model->status();
  health.policy = engines_.policy;
  health.uptime_s = ms_since(started_at_) / 1'000;
  health.running = queries_.running();
  health.queued = queries_.waiting();
  health.workers = workers_;
  const std::lock_guard lock(mutex_);
  if (connection_count_) health.connections = connection_count_();
  return health_text(health);
}

}  // namespace idi::api
