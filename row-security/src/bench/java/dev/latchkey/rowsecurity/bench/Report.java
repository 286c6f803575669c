package dev.latchkey.rowsecurity.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.json.JsonWriter;

/** The table, and the same for programs. */
final class Report {

    private Report() {}

    static void print(List<Line> lines, WrapperOverhead.Result wrapper) {
        System.out.println();
        System.out.println(Line.HEAD);
        lines.forEach(System.out::println);
        System.out.printf(
                Locale.ROOT,
                "%nThe wrapper by itself: %.0f ns (± %.0f) and %.0f bytes a statement, aim %.0f ns and %.0f bytes%s%n",
                wrapper.nanos(),
                wrapper.errorNanos(),
                wrapper.bytes(),
                WrapperOverhead.AIM_NANOS,
                WrapperOverhead.AIM_BYTES,
                wrapper.fallsShort() ? ": FALLS SHORT" : "");
        long short_ = lines.stream().filter(Line::fallsShort).count();
        System.out.printf(
                "%d line(s) fall short: their 95 %% interval lies below the aim. docs/reference/performance.md says why.%n",
                short_);
    }

    static void write(Path file, List<Line> lines, WrapperOverhead.Result wrapper) throws IOException {
        JsonWriter<Line> line = JsonWriter.of(members -> {
            members.add("network", Line::network);
            members.add("work", of -> of.work().toString());
            members.add("contender", Line::contender);
            members.add("per_second", Line::perSecond);
            members.add("p50_micros", Line::p50Micros);
            members.add("p99_micros", Line::p99Micros);
            members.add("client_cpu_micros", Line::cpuMicros);
            members.add("client_bytes", Line::bytes);
            members.add("compared_with", Line::comparedWith).whenNotNull();
            members.add("ratio", Line::ratio).whenNotNull().usingMembers(ratio -> {
                ratio.add("mean", Ratio::mean);
                ratio.add("low", Ratio::low);
                ratio.add("high", Ratio::high);
            });
            members.add("aim", Line::aim).whenNotNull();
            members.add("falls_short", Line::fallsShort);
        });
        StringBuilder json = new StringBuilder("{\"lines\":[");
        for (int i = 0; i < lines.size(); i++) {
            json.append(i == 0 ? "\n" : ",\n").append(line.writeToString(lines.get(i)));
        }
        json.append("],\n\"wrapper\":")
                .append(JsonWriter.<WrapperOverhead.Result>of(members -> {
                            members.add("nanos", WrapperOverhead.Result::nanos);
                            members.add("error_nanos", WrapperOverhead.Result::errorNanos);
                            members.add("bytes", WrapperOverhead.Result::bytes);
                            members.add("falls_short", WrapperOverhead.Result::fallsShort);
                        })
                        .writeToString(wrapper))
                .append("}\n");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, json);
    }
}
