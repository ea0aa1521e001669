#include "checkpoint.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace idi::lm {
namespace {

constexpr double weight_decay = 0.01;

std::unique_ptr<torch::optim::AdamW> make_optimizer(const Model& model) {
  using torch::optim::AdamWOptions;
  const auto options = [](double decay) {
    return std::make_unique<AdamWOptions>(
        AdamWOptions(1e-3).betas({0.9, 0.98}).weight_decay(decay));
  };
  std::vector<torch::Tensor> maps, others;
  for (const auto& parameter : model.parameters()) {
    const bool is_map = parameter.value.dim() == 2 && parameter.name != "token_embd";
    (is_map ? maps : others).push_back(parameter.value);
  }
  std::vector<torch::optim::OptimizerParamGroup> groups;
  groups.emplace_back(maps, options(weight_decay));
  groups.emplace_back(others, options(0));
  return std::make_unique<torch::optim::AdamW>(groups, AdamWOptions(1e-3).betas({0.9, 0.98}));
}

torch::Tensor number(double value) { return torch::tensor(value, torch::kDouble); }

double read_number(torch::serialize::InputArchive& in, const std::string& key) {
  torch::Tensor value;
  in.read(key, value);
  return value.item<double>();
}

}  // namespace

Training make_training(std::shared_ptr<Vocabulary> vocabulary, const ModelSizes& sizes,
                       torch::Device device, std::uint64_t seed) {
  Training training;
  training.vocabulary = std::move(vocabulary);
  training.model = std::make_unique<Model>(sizes, device, seed);
  for (const auto& parameter : training.model->parameters()) {
    training.means.push_back(parameter.value.detach().clone());
  }
  training.optimizer = make_optimizer(*training.model);
  return training;
}

Status write_checkpoint(const Training& training, const std::filesystem::path& file) {
  const std::filesystem::path beside = file.string() + ".part";
  try {
    torch::serialize::OutputArchive out;
    const ModelSizes& sizes = training.model->sizes();
    out.write("width", number(static_cast<double>(sizes.width)));
    out.write("layers", number(static_cast<double>(sizes.layers)));
    out.write("heads", number(static_cast<double>(sizes.heads)));
    out.write("inner", number(static_cast<double>(sizes.inner)));
    out.write("steps", number(static_cast<double>(training.steps)));
    out.write("minutes", number(training.minutes));
    const std::string& pieces = training.vocabulary->lines();
    out.write("pieces", torch::from_blob(const_cast<char*>(pieces.data()),
                                         {static_cast<std::int64_t>(pieces.size())}, torch::kUInt8)
                            .clone());
    for (std::size_t i = 0; i < training.means.size(); ++i) {
      const auto& parameter = training.model->parameters()[i];
      std::string name = parameter.name;  // the archive takes dots for levels
      std::replace(name.begin(), name.end(), '.', '_');
      out.write(name, parameter.value.detach().cpu());
      out.write(name + "_mean", training.means[i].cpu());
    }
    torch::serialize::OutputArchive optimizer;
    training.optimizer->save(optimizer);
    out.write("optimizer", optimizer);
    out.save_to(beside.string());
    std::filesystem::rename(beside, file);
    return {};
  } catch (const std::exception& error) {
    return make_error(ErrorCode::io_failed, fmt::format("{}: {}", file.string(), error.what()));
  }
}

Result<Training> read_checkpoint(const std::filesystem::path& file, torch::Device device) {
  if (!std::filesystem::exists(file)) {
    return make_error(ErrorCode::not_found, fmt::format("{} is not there", file.string()));
  }
  try {
    torch::serialize::InputArchive in;
    in.load_from(file.string());
    torch::Tensor pieces;
    in.read("pieces", pieces);
    IDI_TRY(auto vocabulary,
            Vocabulary::parse(std::string(static_cast<const char*>(pieces.data_ptr()),
                                          static_cast<std::size_t>(pieces.numel()))));
    ModelSizes sizes;
    sizes.vocabulary = vocabulary->size();
    const auto size = [&](const char* key) {
      return static_cast<std::int64_t>(read_number(in, key));
    };
    sizes.width = size("width");
    sizes.layers = size("layers");
    sizes.heads = size("heads");
    sizes.inner = size("inner");
    Training training = make_training(std::move(vocabulary), sizes, device, 0);
    training.steps = size("steps");
    training.minutes = read_number(in, "minutes");
    const torch::NoGradGuard no_gradient;
    for (std::size_t i = 0; i < training.means.size(); ++i) {
      const auto& parameter = training.model->parameters()[i];
      std::string name = parameter.name;
      std::replace(name.begin(), name.end(), '.', '_');
      torch::Tensor value, mean;
      in.read(name, value);
      in.read(name + "_mean", mean);
      parameter.value.copy_(value);
      training.means[i].copy_(mean);
    }
    torch::serialize::InputArchive optimizer;
    in.read("optimizer", optimizer);
    training.optimizer->load(optimizer);
    return training;
  } catch (const std::exception& error) {
    return make_error(ErrorCode::unreadable, fmt::format("{}: {}", file.string(), error.what()));
  }
}

Result<Training> read_mean(std::span<char* const> files) {
  if (files.empty()) return make_error(ErrorCode::invalid_argument, "no checkpoint is named");
  IDI_TRY(auto first, read_checkpoint(files[0], torch::kCPU));
  const torch::NoGradGuard no_gradient;
  for (const char* const file : files.subspan(1)) {
    IDI_TRY(const auto next, read_checkpoint(file, torch::kCPU));
    if (next.vocabulary->lines() != first.vocabulary->lines() ||
        next.model->sizes() != first.model->sizes()) {
      return make_error(ErrorCode::invalid_argument,
                        fmt::format("{} and {} are of different models", files[0], file));
    }
    for (std::size_t i = 0; i < first.means.size(); ++i) first.means[i] += next.means[i];
  }
  for (torch::Tensor& mean : first.means) mean /= static_cast<double>(files.size());
  return first;
}

void swap_means(Training& training) {
  const torch::NoGradGuard no_gradient;
  for (std::size_t i = 0; i < training.means.size(); ++i) {
    const torch::Tensor& value = training.model->parameters()[i].value;
    const torch::Tensor kept = value.detach().clone();
    value.copy_(training.means[i]);
    training.means[i] = kept;
  }
}

}  // namespace idi::lm
