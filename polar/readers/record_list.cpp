#include "polar/readers/record_list.hpp"

#include "telemetry/log.hpp"

namespace polar_flow::polar {

namespace {

std::vector<object_view> views_of(const boost::json::array& list) {
  std::vector<object_view> views;
  views.reserve(list.size());
  for (const auto& item : list)
    views.emplace_back(item);
  return views;
}

} // namespace

result<std::vector<object_view>> find_records(const boost::json::value& document,
                                              const list_shape& shape) {
  if (document.is_null())
    return std::vector<object_view>{};
  if (const auto* list = document.if_array())
    return views_of(*list);

  const object_view answer{document};
  if (!answer.exists())
    return fail(errc::polar_unreadable, "the answer is neither a list nor an object");
  for (const auto name : {shape.list_name, shape.other_list_name}) {
    if (const auto* list = answer.list(name))
      return views_of(*list);
    if (answer.find(name) != nullptr)
      return fail(errc::polar_unreadable, std::string{name} + " is not a list");
  }
  if (answer.find(shape.key_name) != nullptr || answer.find(shape.other_key_name) != nullptr)
    return std::vector{answer};
  if (answer.is_empty() || answer.has(shape.list_name) || answer.has(shape.other_list_name))
    return std::vector<object_view>{};
  return fail(errc::polar_unreadable, "the answer has neither " + std::string{shape.list_name}
                                          + " nor " + std::string{shape.key_name});
}

void skipped_records::add(std::size_t index, std::string_view field) {
  if (count_ == 0)
    first_place_ =
        std::string{list_name_} + "[" + std::to_string(index) + "]." + std::string{field};
  ++count_;
}

void skipped_records::log() const {
  if (count_ > 0)
    telemetry::log_warning(
        "records of an answer of Polar could not be read",
        {{"skipped", static_cast<std::int64_t>(count_)}, {"first", first_place_}});
}

} // namespace polar_flow::polar
