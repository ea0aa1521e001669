# Shared with apps/idi-train, which compiles these sources itself when it is built alone.
set(IDI_MODEL_IO_SOURCES
    src/crc32c.cpp
    src/example_codec.cpp
    src/example_reader.cpp
    src/example_writer.cpp
    src/file_io.cpp
    src/framing.cpp
    src/half.cpp
    src/tensor_file_reader.cpp
    src/tensor_file_writer.cpp)
