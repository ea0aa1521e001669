#include "probe.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>

#include <fstream>
#include <ostream>

#include "batch.hpp"

namespace idi::lm {
namespace {

/// The last id alone as the continuation of all before it.
Batch whole_text(const std::vector<int>& ids) {
  Batch batch;
  batch.ids.push_back(bos_id);
  batch.ids.insert(batch.ids.end(), ids.begin(), ids.end());
  for (std::size_t i = 0; i < batch.ids.size(); ++i) {
    batch.positions.push_back(static_cast<std::int64_t>(i));
  }
  const auto last = static_cast<std::int64_t>(batch.ids.size()) - 1;
  batch.groups.push_back({0, last, {last}, {1}});
  batch.targets.push_back({last, eos_id, 1, 0});
  return batch;
}

}  // namespace

Status probe(Training& training, const std::filesystem::path& texts, int count, std::ostream& out) {
  std::ifstream in(texts);
  if (!in) {
    return make_error(ErrorCode::not_found, fmt::format("{} cannot be read", texts.string()));
  }
  const torch::NoGradGuard no_gradient;
  for (std::size_t i = 0; i < training.means.size(); ++i) {
    const torch::Tensor& value = training.model->parameters()[i].value;
    value.copy_(value.dim() == 1 ? training.means[i]
                                 : training.means[i].to(torch::kHalf).to(torch::kFloat));
  }
  std::string text;
  for (int line = 1; std::getline(in, text); ++line) {
    const auto ids = training.vocabulary->encode(text);
    if (ids.empty()) {
      return make_error(ErrorCode::invalid_argument,
                        fmt::format("{}:{}: an empty text", texts.string(), line));
    }
    const auto logits = training.model->logits(whole_text(ids)).cpu();
    const auto [values, indices] = torch::log_softmax(logits[0], 0).topk(count);
    std::vector<std::string> top;
    for (std::int64_t i = 0; i < count; ++i) {
      top.push_back(fmt::format(R"({{"id":{},"logprob":{:.5f}}})", indices[i].item<std::int64_t>(),
                                values[i].item<float>()));
    }
    fmt::print(out, R"({{"text":"{}","ids":[{}],"top":[{}]}})", text, fmt::join(ids, ","),
               fmt::join(top, ","));
    out << '\n';
  }
  return {};
}

}  // namespace idi::lm
