#include "reference_network.hpp"

#include <algorithm>
#include <cmath>

namespace idi::parser::testing {

namespace {
void add(Matrix& x, const Matrix& y) {
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t k = 0; k < x[i].size(); ++k) x[i][k] += y[i][k];
}
}  // namespace

ReferenceNetwork::ReferenceNetwork(const RandomSizes& sizes, const WeightsContent& content)
    : sizes_(sizes) {
  for (const auto& tensor : content.tensors) tensors_[tensor.name] = tensor;
}

double ReferenceNetwork::at(const std::string& name, std::int64_t row, std::int64_t column) const {
  const auto& tensor = tensors_.at(name);
  const std::int64_t width = tensor.shape.back();
  return tensor.values.at(static_cast<std::size_t>(row * width + column));
}

Matrix ReferenceNetwork::linear(const std::string& name, const Matrix& x, bool bias) const {
  const auto& shape = tensors_.at(name + ".weight").shape;
  Matrix y(x.size(), std::vector<double>(static_cast<std::size_t>(shape[0])));
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::int64_t o = 0; o < shape[0]; ++o) {
      double sum = bias ? at(name + ".bias", 0, o) : 0;
      for (std::int64_t k = 0; k < shape[1]; ++k) sum += at(name + ".weight", o, k) * x[i][k];
      y[i][o] = sum;
    }
  return y;
}

Matrix ReferenceNetwork::norm(const std::string& name, const Matrix& x) const {
  Matrix y = x;
  for (auto& row : y) {
    double mean = 0;
    double variance = 0;
    for (const double v : row) mean += v / static_cast<double>(row.size());
    for (const double v : row)
      variance += (v - mean) * (v - mean) / static_cast<double>(row.size());
    for (std::size_t k = 0; k < row.size(); ++k)
      row[k] = (row[k] - mean) / std::sqrt(variance + 1e-5) *
                   at(name + ".weight", 0, static_cast<std::int64_t>(k)) +
               at(name + ".bias", 0, static_cast<std::int64_t>(k));
  }
  return y;
}

void ReferenceNetwork::add_feed_forward(const std::string& prefix, const std::string& norm_name,
                                        Matrix& x) const {
  Matrix inner = linear(prefix + "ff1", norm(prefix + norm_name, x));
  for (auto& row : inner)
    for (double& v : row) v = std::max(v, 0.0);
  add(x, linear(prefix + "ff2", inner));
}

Matrix ReferenceNetwork::attend(const std::string& prefix, const Matrix& from, const Matrix& to,
                                const std::vector<std::uint8_t>* relations, bool causal) const {
  const Matrix q = linear(prefix + "query", from);
  const Matrix k = linear(prefix + "key", to);
  const Matrix v = linear(prefix + "value", to);
  const int h = sizes_.width / sizes_.heads;
  Matrix o(from.size(), std::vector<double>(static_cast<std::size_t>(sizes_.width)));
  for (int head = 0; head < sizes_.heads; ++head)
    for (std::size_t i = 0; i < from.size(); ++i) {
      const std::size_t end = causal ? i + 1 : to.size();
      std::vector<double> p(end);
      double sum = 0;
      for (std::size_t j = 0; j < end; ++j) {
        double score = 0;
        for (int c = 0; c < h; ++c) {
          double key = k[j][head * h + c];
          if (relations != nullptr)
            key += at(prefix + "relation_key", (*relations)[i * to.size() + j], c);
          score += q[i][head * h + c] * key;
        }
        p[j] = std::exp(score / std::sqrt(static_cast<double>(h)));
        sum += p[j];
      }
      for (std::size_t j = 0; j < end; ++j)
        for (int c = 0; c < h; ++c) {
          double value = v[j][head * h + c];
          if (relations != nullptr)
            value += at(prefix + "relation_value", (*relations)[i * to.size() + j], c);
          o[i][head * h + c] += p[j] / sum * value;
        }
    }
  return linear(prefix + "output", o);
}

Matrix ReferenceNetwork::encode(const model_io::ModelInput& input) const {
  const auto nodes = static_cast<std::size_t>(input.nodes());
  Matrix x(nodes, std::vector<double>(static_cast<std::size_t>(sizes_.width)));
  for (std::size_t n = 0; n < nodes; ++n) {
    const int words = input.word_begin[n + 1] - input.word_begin[n];
    for (int w = input.word_begin[n]; w < input.word_begin[n + 1]; ++w)
      for (int c = 0; c < sizes_.width; ++c) {
        double value = at("word.embedding", input.word_ids[w], c) +
                       at("class.embedding", input.word_classes[w], c) +
                       at("node.embedding", input.node_classes[n], c);
        const int grams = input.gram_begin[w + 1] - input.gram_begin[w];
        for (int g = input.gram_begin[w]; g < input.gram_begin[w + 1]; ++g)
          value += at("gram.embedding", input.gram_ids[g], c) / grams;
        x[n][c] += value / words;
      }
  }
  x = norm("input.norm", x);
  for (int l = 0; l < sizes_.encoder_layers; ++l) {
    const std::string prefix = "encoder." + std::to_string(l) + ".";
    const Matrix a = norm(prefix + "norm1", x);
    add(x, attend(prefix, a, a, &input.relations, false));
    add_feed_forward(prefix, "norm2", x);
  }
  return norm("encoder.norm", x);
}

std::vector<double> ReferenceNetwork::used_probabilities(const Matrix& memory) const {
  std::vector<double> used;
  for (const auto& row : linear("used", memory)) used.push_back(1 / (1 + std::exp(-row[0])));
  return used;
}

std::vector<double> ReferenceNetwork::logits(const Matrix& memory,
                                             const std::vector<int>& outputs) const {
  const Matrix pointers = linear("pointer.input", memory);
  Matrix y;
  for (std::size_t t = 0; t <= outputs.size(); ++t) {
    std::vector<double> row(static_cast<std::size_t>(sizes_.width));
    const int before = t == 0 ? sizes_.symbol_count : outputs[t - 1];
    const bool pointer = t > 0 && before >= sizes_.symbol_count;
    const auto place = std::min<std::int64_t>(static_cast<std::int64_t>(t), sizes_.max_steps - 1);
    for (int c = 0; c < sizes_.width; ++c)
      row[c] = (pointer ? pointers[before - sizes_.symbol_count][c]
                        : at("symbol.embedding", before, c)) +
               at("position.embedding", place, c);
    y.push_back(std::move(row));
  }
  for (int l = 0; l < sizes_.decoder_layers; ++l) {
    const std::string prefix = "decoder." + std::to_string(l) + ".";
    const Matrix a = norm(prefix + "norm1", y);
    add(y, attend(prefix + "self.", a, a, nullptr, true));
    add(y, attend(prefix + "cross.", norm(prefix + "norm2", y), memory, nullptr, false));
    add_feed_forward(prefix, "norm3", y);
  }
  const Matrix last = {norm("decoder.norm", y).back()};
  std::vector<double> result = linear("output.symbol", last)[0];
  const auto query = linear("output.pointer_query", last, false)[0];
  for (const auto& key : linear("output.pointer_key", memory, false)) {
    double score = 0;
    for (int c = 0; c < sizes_.width; ++c) score += query[c] * key[c];
    result.push_back(score / std::sqrt(static_cast<double>(sizes_.width)));
  }
  return result;
}

}  // namespace idi::parser::testing
