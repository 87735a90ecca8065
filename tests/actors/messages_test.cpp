#define BOOST_TEST_DYN_LINK
#include "actors/messages.hpp"

#include <boost/pfr/core.hpp>
#include <boost/test/unit_test.hpp>
#include <caf/all.hpp>
#include <caf/binary_deserializer.hpp>
#include <caf/binary_serializer.hpp>

#include <utility>

using namespace polar_flow;
using namespace polar_flow::actors;

namespace {

/// Gives every member a value of its own, so that a lost or swapped member is noticed.
struct filler {
  std::int64_t last = 0;

  void fill(std::string& value) {
    value = "text " + std::to_string(++last);
  }

  void fill(bool& value) {
    value = true;
  }

  template <class T>
  requires std::is_arithmetic_v<T>
  void fill(T& value) {
    value = static_cast<T>(++last % 100);
  }

  template <class T>
  requires std::is_enum_v<T>
  void fill(T& value) {
    value = static_cast<T>(1);
  }

  template <class Clock, class Duration>
  void fill(std::chrono::time_point<Clock, Duration>& value) {
    value = std::chrono::time_point<Clock, Duration>{Duration{++last}};
  }

  template <class Rep, class Period>
  void fill(std::chrono::duration<Rep, Period>& value) {
    value = std::chrono::duration<Rep, Period>{++last};
  }

  template <class T>
  void fill(std::optional<T>& value) {
    fill(value.emplace());
  }

  template <class T>
  void fill(std::vector<T>& value) {
    fill(value.emplace_back());
    fill(value.emplace_back());
  }

  void fill(day_set& value) {
    date first;
    fill(first);
    value.add({first, first + std::chrono::days{2}});
    value.add({first + std::chrono::days{9}, first + std::chrono::days{9}});
  }

  template <class T, std::size_t Size>
  void fill(std::array<T, Size>& value) {
    for (auto& element : value)
      fill(element);
  }

  template <class First, class Second>
  void fill(std::pair<First, Second>& value) {
    fill(value.first);
    fill(value.second);
  }

  template <class T>
  void fill(std::shared_ptr<const T>& value) {
    auto made = std::make_shared<T>();
    fill(*made);
    value = std::move(made);
  }

  template <class... Ts>
  void fill(std::variant<Ts...>& value) {
    fill(value.template emplace<sizeof...(Ts) - 1>());
  }

  template <plain_struct T>
  void fill(T& value) {
    boost::pfr::for_each_field(value, [this](auto& member) { fill(member); });
  }
};

template <class T>
std::vector<char> save(caf::actor_system& system, T& value) {
  std::vector<char> bytes;
  caf::binary_serializer sink{system, bytes};
  BOOST_REQUIRE(!sink(value));
  return bytes;
}

template <class T>
void check_round_trip(caf::actor_system& system) {
  BOOST_TEST_INFO(caf::type_name<T>::value);
  T before{};
  auto empty = save(system, before);
  filler{}.fill(before);
  const auto bytes = save(system, before);
  T after{};
  caf::binary_deserializer source{system, bytes};
  BOOST_REQUIRE(!source(after));
  BOOST_TEST((save(system, after) == bytes));
  if constexpr (!std::is_empty_v<T>)
    BOOST_TEST((bytes != empty));
  if constexpr (std::equality_comparable<T>)
    BOOST_TEST((before == after));
  // Empty optionals and null pointers too.
  T nothing{};
  T read{};
  caf::binary_deserializer empty_source{system, empty};
  BOOST_REQUIRE(!empty_source(read));
  BOOST_TEST((save(system, read) == save(system, nothing)));
}

template <caf::type_id_t First, std::size_t... Offsets>
void check_all(caf::actor_system& system, std::index_sequence<Offsets...>) {
  (check_round_trip<typename caf::type_by_id<First + Offsets>::type>(system), ...);
}

} // namespace

BOOST_AUTO_TEST_SUITE(messages)

BOOST_AUTO_TEST_CASE(every_message_survives_the_wire) {
  caf::actor_system_config config;
  config.add_message_types<caf::id_block::polar_flow_actors>();
  caf::actor_system system{config};
  using block = caf::id_block::polar_flow_actors;
  check_all<block::begin>(system, std::make_index_sequence<block::end - block::begin>{});
}

BOOST_AUTO_TEST_CASE(every_kind_of_records_survives_the_wire) {
  caf::actor_system_config config;
  caf::actor_system system{config};
  const std::vector<stream_records> kinds{
      std::monostate{},
      std::vector<night>(1),
      std::vector<nightly_recharge>(1),
      std::vector<activity_day>(1),
      std::vector<activity_sample_day>(1),
      std::vector<cardio_load_day>(1),
      std::vector<exercise>(1),
      std::vector<heart_rate_day>(1),
      std::vector<alertness_period>(1),
      std::vector<bedtime_period>(1),
      std::vector<spo2_test>(1),
      std::vector<ecg_test>(1),
      std::vector<body_temperature_period>(1),
      std::vector<skin_temperature_night>(1),
      std::vector<physical_info>(1),
  };
  for (auto before : kinds) {
    const auto bytes = save(system, before);
    stream_records after;
    caf::binary_deserializer source{system, bytes};
    BOOST_REQUIRE(!source(after));
    BOOST_TEST((before == after));
  }
}

BOOST_AUTO_TEST_CASE(a_truncated_message_is_an_error) {
  caf::actor_system_config config;
  caf::actor_system system{config};
  trigger_sync before;
  filler{}.fill(before);
  const auto bytes = save(system, before);
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    trigger_sync after;
    caf::binary_deserializer source{system, bytes.data(), length};
    BOOST_TEST(static_cast<bool>(source(after)));
  }
}

BOOST_AUTO_TEST_SUITE_END()
