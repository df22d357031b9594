package org.howdah.proxy;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.List;
import org.howdah.wire.Column;

/** SHOW MEM: the memory of the Java machine, part by part, in bytes. */
record ShowMem() implements Show {

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("name"),
                Column.int8("size"),
                Column.int8("used"),
                Column.int8("free"),
                Column.int8("memtotal"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getUsage();
            add(table, pool.getName(), usage.getUsed(), usage.getCommitted());
        }
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            add(table, pool.getName(), pool.getMemoryUsed(), pool.getTotalCapacity());
        }
    }

    private static void add(ConsoleTable table, String name, long used, long total) {
        table.row()
                .text(name)
                .number(total)
                .number(used)
                .number(Math.max(0, total - used))
                .number(total);
    }
}
