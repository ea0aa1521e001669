#include "session.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <numbers>

#include "idi/model_io/tensor_file.hpp"

namespace idi::train {
namespace {

std::string checkpoint_path(const Options& options) {
  return options.checkpoint + "/training.ckpt";
}

}  // namespace

double Session::progress(const Options& options) const {
  const double done = options.steps > 0
                          ? static_cast<double>(step) / static_cast<double>(options.steps)
                          : seconds / (options.minutes * 60);
  return std::clamp(done, 0.0, 1.0);
}

float Session::rate(const Options& options) const {
  // By steps, the first one already learns.
  const double done = options.steps > 0
                          ? (static_cast<double>(step) + 0.5) / static_cast<double>(options.steps)
                          : progress(options);
  const double rise = options.warm_up;
  if (done < rise) return static_cast<float>(options.rate * std::max(done / rise, 1e-3));
  const double fall = rise < 1 ? std::min(1.0, (done - rise) / (1 - rise)) : 1;
  const double cosine = 0.5 * (1 + std::cos(std::numbers::pi * fall));
  return static_cast<float>(options.rate * (options.last_rate + (1 - options.last_rate) * cosine));
}

void save_checkpoint(const Options& options, const Layout& layout, const Session& session,
                     const Engine& engine, const Sampler& sampler) {
  std::error_code error;
  std::filesystem::create_directories(options.checkpoint, error);
  EngineState state = engine.state();
  auto texts = layout.sizes.texts();
  texts["vocabulary_size"] = std::to_string(layout.sizes.vocabulary);
  texts["step"] = std::to_string(session.step);
  texts["examples"] = std::to_string(session.examples);
  texts["seconds"] = std::to_string(session.seconds);
  texts["engine_steps"] = std::to_string(state.steps);
  texts["sampler"] = sampler.state();
  texts["seed"] = std::to_string(options.seed);
  texts["curve"] = to_csv(session.curve);
  model_io::write_tensor_file(checkpoint_path(options),
                              {{"values", {layout.count}, std::move(state.values)},
                               {"averages", {layout.count}, std::move(state.averages)},
                               {"first_moments", {layout.count}, std::move(state.first_moments)},
                               {"second_moments", {layout.count}, std::move(state.second_moments)}},
                              texts, model_io::TensorType::f32);
}

void load_checkpoint(const Options& options, const Layout& layout, Session& session, Engine& engine,
                     Sampler& sampler) {
  const auto file = model_io::TensorFile::open(checkpoint_path(options));
  const auto text = [&](const char* key) { return std::string(file->text(key)); };
  auto sizes = layout.sizes.texts();
  sizes["vocabulary_size"] = std::to_string(layout.sizes.vocabulary);
  for (const auto& [key, value] : sizes)
    if (file->text(key) != value)
      throw UsageError("--resume: the checkpoint's " + key + " is " + text(key.c_str()) + ", not " +
                       value);
  if (text("seed") != std::to_string(options.seed))
    throw UsageError("--resume: the checkpoint was made with --seed " + text("seed"));
  EngineState state{file->floats("values"), file->floats("averages"), file->floats("first_moments"),
                    file->floats("second_moments"), std::atoll(text("engine_steps").c_str())};
  engine.set_state(std::move(state));
  sampler.set_state(text("sampler"));
  session.step = std::atoll(text("step").c_str());
  session.examples = std::atoll(text("examples").c_str());
  session.seconds = std::atof(text("seconds").c_str());
  session.curve = from_csv(text("curve"));
}

void check_writable(const Options& options) {
  if (!options.checkpoint.empty()) {
    std::error_code error;
    std::filesystem::create_directories(options.checkpoint, error);
    if (error)
      throw std::runtime_error("cannot create " + options.checkpoint + ": " + error.message());
  }
  for (const std::string& path :
       {options.weights, options.curve + ".csv", options.curve + ".svg"}) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
      throw std::runtime_error("cannot write " + path + ": it is not a regular file");
    const std::string partial = path + ".partial";
    if (!std::ofstream(partial, std::ios::binary | std::ios::trunc))
      throw std::runtime_error("cannot write " + path + ": " + std::strerror(errno));
    std::filesystem::remove(partial, error);
  }
}

void write_text(const std::string& path, const std::string& text) {
  const std::string partial = path + ".partial";
  std::ofstream out(partial, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out || std::rename(partial.c_str(), path.c_str()) != 0)
    throw std::runtime_error("cannot write " + path + ": " + std::strerror(errno));
}

}  // namespace idi::train
